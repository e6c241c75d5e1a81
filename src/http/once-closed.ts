import type { ServerResponse } from 'node:http';

/**
 * Runs `action` once, when the answer was taken or its client has gone. A client may go while a guard still asks the
 * database: then `close` was emitted before anybody listened, and `action` runs at once.
 */
export function onceClosed(response: ServerResponse, action: () => void): void {
  if (response.destroyed) action();
  else response.once('close', action);
}
