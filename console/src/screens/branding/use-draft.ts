import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Answer, useApi } from '../../api/api.js';
import { ApiProblem } from '../../api/api-problem.js';
import type { Schema } from '../../api/operation.js';
import { keyOf } from '../../api/queries.js';
import { merge } from '../../kit/form-values.js';
import type { MergeCase } from '../../kit/merge-dialog.js';
import { type DraftValues, changedNames, draftPatch, valuesOfDraft } from './draft-values.js';

type DraftAnswer = Answer<Schema<'BrandingDraft'>>;
export type DraftStatus = 'saved' | 'waiting' | 'saving' | 'failed';

/** So long after the last key the draft is saved, and the preview shows it. */
const PAUSE_MS = 700;
const COLOR = /^#[0-9a-f]{6}$/i;

/** A draft that saves itself while somebody works on it. */
export function useDraft(tenant: string, answer: DraftAnswer) {
  const api = useApi();
  const queries = useQueryClient();
  const path = { tenant };
  /** What the platform has. */
  const [server, setServer] = useState({ values: valuesOfDraft(answer.body), etag: answer.etag });
  const [values, setValues] = useState<DraftValues>(server.values);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<Error>();
  const [conflict, setConflict] = useState<MergeCase>();
  const [status, setStatus] = useState<DraftStatus>('saved');
  const [revision, setRevision] = useState(0);
  const unsaved = useRef(0);
  /** What was refused, and would be lost by going away. */
  const stuck = useRef(0);
  const latest = useRef({ server, values, status, isSaving: false });
  latest.current.server = server;
  latest.current.values = values;
  latest.current.status = status;

  const toSend = (from: DraftValues, all: DraftValues) =>
    changedNames(from, all).filter((name) => !isHalfTyped(name, all[name]));
  unsaved.current = changedNames(server.values, values).length;
  stuck.current = status === 'failed' ? unsaved.current : 0;

  // Somebody else saved, published or reverted, and nothing is unsaved here.
  useEffect(() => {
    if (answer.etag === latest.current.server.etag || unsaved.current > 0) return;
    const fresh = valuesOfDraft(answer.body);
    setServer({ values: fresh, etag: answer.etag });
    setValues(fresh);
    setRevision((before) => before + 1);
  }, [answer.etag]);

  useEffect(() => {
    if (toSend(server.values, values).length === 0 || conflict) return;
    setStatus('waiting');
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [values, server]);

  // Who goes to another screen within the pause keeps what they typed.
  useEffect(() => () => void (latest.current.status === 'waiting' && save(true)), []);

  const save = async (isLeaving = false) => {
    const from = latest.current.server;
    const sent = latest.current.values;
    const names = toSend(from.values, sent);
    if (names.length === 0 || latest.current.isSaving) return;
    latest.current.isSaving = true;
    setStatus('saving');
    setErrors({});
    setFailure(undefined);
    try {
      const saved = await api.call('updateBrandingDraft', {
        path,
        body: draftPatch(names, sent),
        ifMatch: from.etag ?? '*',
      });
      queries.setQueryData(keyOf('getBrandingDraft', { path }), saved);
      adopt(saved, sent);
      setStatus('saved');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412 && !isLeaving) await mergeWith(sent, from.values);
      else refuse(error as Error);
    } finally {
      latest.current.isSaving = false;
    }
  };
  /** Images come back made anew; what was typed meanwhile stays. */
  const adopt = (saved: DraftAnswer, sent: DraftValues) => {
    const fresh = valuesOfDraft(saved.body);
    const typed = changedNames(sent, latest.current.values);
    const kept = Object.fromEntries(typed.map((name) => [name, latest.current.values[name]]));
    const pending = Object.fromEntries(
      Object.entries(sent).filter(([name, value]) => isHalfTyped(name, value) && !typed.includes(name)),
    );
    setServer({ values: fresh, etag: saved.etag });
    setValues({ ...fresh, ...pending, ...kept });
    setRevision((before) => before + 1);
  };
  const mergeWith = async (mine: DraftValues, base: DraftValues) => {
    try {
      const newest = await api.call('getBrandingDraft', { path });
      queries.setQueryData(keyOf('getBrandingDraft', { path }), newest);
      const theirs = valuesOfDraft(newest.body);
      const names = changedNames(base, mine);
      const only = (all: DraftValues) => Object.fromEntries(names.map((name) => [name, all[name]]));
      const merged = merge(only(base), only(mine), only(theirs));
      setServer({ values: theirs, etag: newest.etag });
      // What fits together is saved without a question.
      if (merged.conflicts.length === 0) setValues({ ...theirs, ...merged.values });
      else setConflict({ ...merged, base: only(base), mine: only(mine), theirs: only(theirs), etag: newest.etag });
    } catch (error) {
      refuse(error as Error);
    }
  };
  const refuse = (error: Error) => {
    setStatus('failed');
    const all = error instanceof ApiProblem ? error.errors : [];
    const names = Object.keys(latest.current.values);
    const byField: Record<string, string> = {};
    for (const { pointer = '', detail } of all) {
      const name = names.find((one) => pointer === `/${one}`);
      if (name !== undefined) byField[name] = detail;
    }
    setErrors(byField);
    setFailure(Object.keys(byField).length === all.length && all.length > 0 ? undefined : error);
  };
  return {
    values,
    errors,
    failure,
    conflict,
    status,
    revision,
    stuck,
    change: (name: string, value: unknown) => {
      setValues((before) => ({ ...before, [name]: value }));
      setErrors(({ [name]: _, ...others }) => others);
    },
    retry: () => void save(),
    /** What is not saved yet, for "copy as command". */
    request: () => {
      const names = changedNames(server.values, values);
      return { path, body: draftPatch(names, values), ifMatch: server.etag ?? '*' };
    },
    closeMerge: () => {
      setConflict(undefined);
      setStatus('failed');
    },
    merged: (chosen: DraftValues) => {
      setConflict(undefined);
      setValues({ ...server.values, ...chosen });
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;

export function isColor(text: string): boolean {
  return COLOR.test(text);
}

/** A colour of which not all digits are there yet. */
export function isHalfTyped(name: string, value: unknown): boolean {
  return name.includes('_color') && typeof value === 'string' && value !== '' && !isColor(value);
}
