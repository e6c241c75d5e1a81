import { isUnavailable } from '../database/database-error.js';
import { describeError } from '../observability/error-line.js';
import type { Lifecycle } from './lifecycle.js';

/** What a process does about an error that nothing caught. */
export interface FaultPolicy {
  /** `worker`: replaced when it ends. `alone`: serves by itself. `primary`: serves nobody, and all workers end with it. */
  readonly role: 'alone' | 'primary' | 'worker';
}

const NETWORK_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT', 'ERR_STREAM_DESTROYED']);
const EXIT_LIMIT_MS = 15_000;

/**
 * The last place for errors. All are logged.
 * - A connection that broke where nobody listened left no state behind, and ends nothing.
 * - A worker finishes its requests and ends with code 1; the primary replaces it.
 * - A process alone does the same after an exception that nothing caught, for whoever restarts it. It goes on after a
 *   rejection that nobody awaited: what rejected has ended by itself, and nobody may be there to restart it.
 * - A primary goes on: it only watches, and its end would be that of every worker.
 */
export function watchFaults(lifecycle: Lifecycle, { role }: FaultPolicy): void {
  outliveReaders();
  process.on('uncaughtException', (error) => {
    say('uncaught exception', error);
    if (role !== 'primary' && !isNetworkError(error)) end(lifecycle);
  });
  process.on('unhandledRejection', (reason) => {
    say('unhandled rejection', reason);
    if (role === 'worker' && !isNetworkError(reason)) end(lifecycle);
  });
}

/**
 * Whoever read the output may be gone, or its disk may be full. Then nothing can be said, and nothing else changes.
 * Without this such an error is an exception that nothing caught; to report it is to write again, and so on for ever.
 */
function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

function end(lifecycle: Lifecycle): void {
  setTimeout(() => process.exit(1), EXIT_LIMIT_MS).unref();
  void lifecycle.stop().then(
    () => process.exit(1),
    () => process.exit(1),
  );
}

function isNetworkError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return (typeof code === 'string' && NETWORK_CODES.has(code)) || isUnavailable(error);
}

/** Writes to standard error at once, because the log is buffered and this process may end. */
function say(what: string, error: unknown): void {
  const described = error instanceof Error ? describeError(error) : { message: String(error) };
  process.stderr.write(`${JSON.stringify({ level: 60, time: new Date().toISOString(), msg: what, err: described })}\n`);
}
