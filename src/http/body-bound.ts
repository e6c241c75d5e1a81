import type { IncomingMessage } from 'node:http';

/** No endpoint takes a quarter of it. Up to here a body is read, so that whoever sends too much hears the answer. */
const MAX_BODY_BYTES = 1_048_576;
const LOOK_INTERVAL_MS = 20;

/** The length that is announced is more than is read of any body. */
export function isBeyondBound({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}

/**
 * Node.js reads a body to its end, also when it was refused long ago or nobody asked for it; and a body in chunks need
 * not end. This closes the connection after a fair share.
 */
export function boundBody(request: IncomingMessage): void {
  if (request.headers['transfer-encoding'] === undefined && !isBeyondBound(request)) return;
  const { socket } = request;
  const most = socket.bytesRead + MAX_BODY_BYTES;
  // The parser reads from the socket's handle, past its events.
  const looking = setInterval(() => {
    if (!request.complete && socket.bytesRead > most) socket.destroy();
    if (request.complete || socket.destroyed) clearInterval(looking);
  }, LOOK_INTERVAL_MS).unref();
}
