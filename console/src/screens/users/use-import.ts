import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApi } from '../../api/api.js';
import { ApiProblem } from '../../api/api-problem.js';
import type { Schema } from '../../api/operation.js';
import { readAnew } from '../../api/query-client.js';
import { useTenant } from '../../shell/tenant-scope.js';
import type { ImportRow } from './import-plan.js';

export interface Refused {
  readonly row: ImportRow;
  readonly why: string;
}

export interface ImportState {
  readonly total: number;
  readonly made: number;
  readonly mailed: number;
  readonly refused: readonly Refused[];
  readonly unmailed: readonly Refused[];
  readonly isRunning: boolean;
  /** It was not possible to go on. What was done stays done, and going on begins where it ended. */
  readonly broken: Error | undefined;
}

/** Small enough for a progress that moves, and within what the API takes at once. */
const BATCH = 25;
const NOTHING = { made: 0, mailed: 0, refused: [], unmailed: [] } as const;

interface Batch {
  readonly rows: readonly ImportRow[];
  /** The same at every try, so that none is made twice. */
  readonly key: string;
}

/** Makes the users of a file, some at a time. It can be stopped, and goes on where it stopped. */
export function useImport() {
  const api = useApi();
  const queries = useQueryClient();
  const { tenant } = useTenant();
  const [state, setState] = useState<ImportState>();
  const left = useRef<readonly Batch[]>([]);
  const latest = useRef<ImportState>(undefined);
  const stopped = useRef(false);
  const show = (change: Partial<ImportState>) => {
    latest.current = { ...(latest.current as ImportState), ...change };
    setState(latest.current);
  };

  const start = (rows: readonly ImportRow[], withMail: boolean) => {
    const batches: Batch[] = [];
    for (let at = 0; at < rows.length; at += BATCH)
      batches.push({ rows: rows.slice(at, at + BATCH), key: crypto.randomUUID() });
    left.current = batches;
    show({ ...NOTHING, total: rows.length, isRunning: true, broken: undefined });
    return goOn(withMail);
  };

  const goOn = async (withMail: boolean) => {
    stopped.current = false;
    show({ isRunning: true, broken: undefined });
    try {
      for (let batch = left.current[0]; batch && !stopped.current; batch = left.current[0]) {
        const made = await make(batch);
        left.current = left.current.slice(1);
        if (withMail) for (const one of made) await mail(one);
      }
    } catch (error) {
      show({ broken: error as Error });
    }
    show({ isRunning: false });
    await readAnew(queries);
  };

  const make = async ({ rows, key }: Batch) => {
    const operations = rows.map(({ data }) => ({ op: 'create' as const, data }));
    const request = { path: { tenant }, body: { operations }, idempotencyKey: key };
    const { results } = (await api.call('bulkUsers', request)).body;
    const made: { row: ImportRow; user: Schema<'User'> }[] = [];
    const refused: Refused[] = [];
    rows.forEach((row, at) => {
      const result = results[at];
      if (result?.body) made.push({ row, user: result.body });
      else refused.push({ row, why: whyOf(result?.problem) });
    });
    const before = latest.current as ImportState;
    show({ made: before.made + made.length, refused: [...before.refused, ...refused] });
    return made;
  };

  const mail = async ({ row, user }: { row: ImportRow; user: Schema<'User'> }) => {
    if (user.email === null) return;
    const before = latest.current as ImportState;
    try {
      await api.call('mailSetPassword', { path: { tenant, user_id: user.id }, ifMatch: '*' });
      show({ mailed: before.mailed + 1 });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      show({ unmailed: [...before.unmailed, { row, why: error.message }] });
    }
  };

  return {
    state,
    start,
    goOn,
    stop: () => {
      stopped.current = true;
    },
    forget: () => setState(undefined),
    hasMore: left.current.length > 0,
  };
}

function whyOf(problem: Schema<'Problem'> | undefined): string {
  const errors = problem?.errors?.map(
    ({ pointer, detail }) => `${(pointer ?? '').replace(/^\/(data\/)?/, '')}: ${detail}`,
  );
  return errors && errors.length > 0 ? errors.join(' ') : (problem?.detail ?? problem?.title ?? '');
}
