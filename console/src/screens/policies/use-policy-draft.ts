import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api.js';
import { ApiProblem } from '../../api/api-problem.js';
import type { OperationId, Schema } from '../../api/operation.js';
import type { LooseRequest } from '../../api/request.js';
import { readAnew } from '../../api/query-client.js';
import { errorsByField, isSame, merge } from '../../kit/form-values.js';
import type { MergeCase } from '../../kit/merge-dialog.js';
import { MEMBERS, type PolicyValue } from './catalog.js';

/** What one layer says of the policy. */
export interface LayerState {
  readonly policy: Readonly<Record<string, PolicyValue>>;
  readonly locks: readonly string[];
  readonly etag: string | undefined;
}

interface DraftOptions {
  readonly layer: LayerState;
  readonly operation: OperationId;
  readonly path: LooseRequest['path'];
  /** Reads the layer again, for when somebody else has changed it. */
  readonly reread: () => Promise<LayerState>;
  readonly onRefused: (members: readonly string[]) => void;
  readonly onSaved: () => void;
}

const LOCKS = 'policy_locks';

/** Changes of a policy that are not saved yet. */
export function usePolicyDraft(options: DraftOptions) {
  const { layer, operation, path, reread } = options;
  const api = useApi();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<Readonly<Record<string, PolicyValue>>>({});
  /** What the changes were made to. */
  const [base, setBase] = useState<LayerState>(layer);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<Error>();
  const [conflict, setConflict] = useState<MergeCase>();
  const [isBusy, setBusy] = useState(false);
  const merging = useRef<LayerState>(layer);
  const count = useRef(0);
  count.current = Object.keys(changes).length;
  // Nothing is changed here, so what somebody else saved is simply shown.
  const from = count.current === 0 ? layer : base;

  const savedValue = (name: string): PolicyValue => (name === LOCKS ? from.locks : (from.policy[name] ?? null));
  const change = (name: string, value: PolicyValue) => {
    if (count.current === 0) setBase(layer);
    const { [name]: _, ...others } = changes;
    setChanges(isSame(savedValue(name), value) ? others : { ...changes, [name]: value });
    const { [name]: __, ...otherErrors } = errors;
    setErrors(otherErrors);
  };
  const bodyOf = (sent: Readonly<Record<string, PolicyValue>>, state: LayerState) => {
    const policy = Object.fromEntries(
      Object.entries(sent)
        .filter(([name]) => name !== LOCKS)
        .map(([name, value]) => [name, memberPatch(name, state.policy[name] ?? null, value)]),
    );
    return {
      ...(Object.keys(policy).length > 0 && { policy }),
      ...(sent[LOCKS] !== undefined && { policy_locks: sent[LOCKS] }),
    };
  };
  const request = (): LooseRequest => ({
    path,
    body: bodyOf(changes, from),
    ifMatch: from.etag ?? '*',
  });
  const refuse = (error: Error) => {
    const all = error instanceof ApiProblem ? error.errors : [];
    const names = [...Object.keys(changes), ...Object.keys(MEMBERS)].map((name) => `policy.${name}`);
    const { byField, rest } = errorsByField(all, names);
    const found = Object.fromEntries(Object.entries(byField).map(([name, text]) => [name.slice(7), text]));
    setErrors(found);
    setFailure(Object.keys(found).length > 0 && rest.length === 0 ? undefined : error);
    if (Object.keys(found).length > 0) options.onRefused(Object.keys(found));
  };
  /** @returns undefined when it was refused, which is shown */
  const guarded = async <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
    setBusy(true);
    setErrors({});
    setFailure(undefined);
    try {
      return await work();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) await startMerge();
      else refuse(error as Error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const startMerge = async () => {
    try {
      const newest = await reread();
      const names = Object.keys(changes);
      const before = Object.fromEntries(names.map((name) => [name, savedValue(name)]));
      const theirs = Object.fromEntries(
        names.map((name) => [name, name === LOCKS ? newest.locks : (newest.policy[name] ?? null)]),
      );
      setBase(newest);
      merging.current = newest;
      setConflict({ ...merge(before, changes, theirs), base: before, mine: changes, theirs, etag: newest.etag });
    } catch (error) {
      setFailure(error as Error);
    }
  };
  const save = (sent = changes, state = from) =>
    guarded(async () => {
      await api.callAny(operation, { path, body: bodyOf(sent, state), ifMatch: state.etag ?? '*' });
      count.current = 0;
      setChanges({});
      await readAnew(queries);
      options.onSaved();
      return true;
    });
  return {
    count,
    changes,
    errors,
    failure,
    conflict,
    isBusy,
    change,
    request,
    valueOf: (name: string): PolicyValue => (Object.hasOwn(changes, name) ? (changes[name] ?? null) : savedValue(name)),
    locks: (changes[LOCKS] as readonly string[] | undefined) ?? from.locks,
    lock: (member: string, isLocked: boolean) => {
      const locks = ((changes[LOCKS] as readonly string[] | undefined) ?? from.locks).filter((one) => one !== member);
      change(LOCKS, (isLocked ? [...locks, member] : locks).toSorted());
    },
    discard: () => {
      setChanges({});
      setErrors({});
      setFailure(undefined);
    },
    /** What the changes would do. Nothing is changed. */
    dryRun: () =>
      guarded(async () => {
        const query = { dry_run: 'true' };
        return (await api.callAny(operation, { ...request(), query })).body as Schema<'PolicyDryRun'>;
      }),
    save,
    closeMerge: () => setConflict(undefined),
    merged: (values: Readonly<Record<string, unknown>>) => {
      const next = values as Readonly<Record<string, PolicyValue>>;
      setConflict(undefined);
      setChanges(next);
      void save(next, merging.current);
    },
  };
}

/** Merge patch of one member: names that are gone from a map are `null`. */
function memberPatch(name: string, before: PolicyValue, value: PolicyValue): unknown {
  if (MEMBERS[name]?.kind !== 'map' || value === null || typeof value !== 'object') return value;
  const gone = Object.keys((before ?? {}) as object).filter((key) => !Object.hasOwn(value, key));
  return { ...value, ...Object.fromEntries(gone.map((key) => [key, null])) };
}
