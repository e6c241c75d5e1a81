import type { DatabaseSettings } from '../database/database-settings.js';

/** What a worker tells its primary. */
export type FromWorker =
  /** It has started and asks for the database: in the environment other programs of this user could read the password. */
  | { readonly type: 'database?' }
  /** It listens and serves. */
  | { readonly type: 'serving' }
  /** It stops, and takes no more connections. */
  | { readonly type: 'closed' }
  | { readonly type: 'metrics'; readonly id: number; readonly metrics: readonly object[] };

/** What a primary tells its workers. */
export type ToWorker =
  | { readonly type: 'database'; readonly settings: DatabaseSettings }
  /** No other worker listens, so this one has to, although it may not be able to serve yet. */
  | { readonly type: 'listen' }
  /** No worker that stops takes connections any more. */
  | { readonly type: 'closed' }
  | { readonly type: 'metrics?'; readonly id: number };

/** Sends a message. A failure is ignored: the other process is gone, and its end is handled elsewhere. */
export function tellPrimary(message: FromWorker): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** @returns what stops the listening */
export function onMessageFromPrimary(listener: (message: ToWorker) => void): () => void {
  process.on('message', listener as (message: unknown) => void);
  return () => process.off('message', listener as (message: unknown) => void);
}
