import { setTimeout as delay } from 'node:timers/promises';
import { basic, connect, FORM_TYPE, form } from './http.js';

const CONNECTIONS = 32;

/** Client credentials of one tenant. */
export function tokenRequests(origin, slug, secret) {
  const connection = connect(origin, CONNECTIONS);
  const body = form({ grant_type: 'client_credentials', scope: 'orders:read' });
  const request = { headers: { ...FORM_TYPE, authorization: basic('machine', secret) }, body };
  return { ask: () => connection.request('POST', `/t/${slug}/token`, request), close: connection.close };
}

/** Begins so many a second, however long each takes. */
export async function paced(operation, perSecond, seconds) {
  const running = [];
  const began = performance.now();
  for (let begun = 0; begun < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, ((performance.now() - began) / 1000) * perSecond);
    for (; begun < due; begun += 1) running.push(operation());
    await delay(1);
  }
  await Promise.all(running);
}
