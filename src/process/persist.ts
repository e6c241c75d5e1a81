import { setTimeout as delay } from 'node:timers/promises';
import { isUnavailable } from '../database/database-error.js';
import { UnreachableDatabaseError } from '../database/unreachable-database.error.js';
import { backOff } from './back-off.js';

const FIRST_WAIT_MS = 250;
/** Short enough that service is back within seconds of the database. */
const LONGEST_WAIT_MS = 2000;
const SAY_AGAIN_MS = 30_000;

export interface Persistence {
  /**
   * Production waits for its database, and so does a worker. A person at a terminal wants to read what is wrong at the
   * first start.
   */
  readonly waits: boolean;
  readonly signal: AbortSignal;
}

/**
 * Repeats `work` while the database is unavailable, until it succeeds, because a process manager would only start this
 * process again. Every other error is thrown.
 */
export async function persist<Result>({ waits, signal }: Persistence, attempt: () => Promise<Result>): Promise<Result> {
  let said = { text: '', at: 0 };
  for (let failures = 0; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!waits || !mayPass(error)) throw error;
      const text = (error as Error).message;
      if (text !== said.text || Date.now() > said.at + SAY_AGAIN_MS) {
        said = { text, at: Date.now() };
        process.stderr.write(`Waiting for the database. ${text}\n`);
      }
    }
    await delay(backOff(failures, { firstMs: FIRST_WAIT_MS, longestMs: LONGEST_WAIT_MS }), undefined, { signal });
  }
}

/** The database is away, or does not let this program in yet. */
function mayPass(error: unknown): boolean {
  return error instanceof UnreachableDatabaseError || isUnavailable(error);
}
