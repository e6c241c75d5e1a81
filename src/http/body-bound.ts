import type { IncomingMessage } from 'node:http';

/**
 * Bytes. Every endpoint refuses a quarter of it. A larger body is still read up to here, so that the client can receive
 * the refusal.
 */
const MAX_BODY_BYTES = 1_048_576;
const LOOK_INTERVAL_MS = 20;

/** Whether the announced `Content-Length` is more than the server reads of any body. */
export function isBeyondBound({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}

/**
 * Limits how much of a body is read. Node.js reads a body to its end, even when the request was refused or nothing uses
 * the body, and a body in chunks may never end. Beyond the limit the connection is closed.
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
