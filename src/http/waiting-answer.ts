import type { IncomingMessage, ServerResponse } from 'node:http';

const RETRY_AFTER_SECONDS = '2';

/** Answers requests while there is no application yet. The process is alive and not ready. */
export function answerWaiting(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?', 1)[0];
  const alive = path === '/health/live';
  const body = alive
    ? { status: 'ok' }
    : path === '/health/ready'
      ? { status: 'unavailable' }
      : { error: 'temporarily_unavailable', error_description: 'The platform waits for its database. Try again.' };
  response.writeHead(alive ? 200 : 503, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(!alive && { 'retry-after': RETRY_AFTER_SECONDS }),
  });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
}
