import type { ServerResponse } from 'node:http';
import type { OAuthAnswer } from './oauth-answer.js';

const NO_FIELDS: readonly string[] = [];

/**
 * Writes an answer on any kind of response, Express's or Node's own. All fields are handed over at once, because
 * setting them one by one costs several times as much.
 * @param common name, value, name, value: what the answer carries beside its own fields
 */
export function writeAnswer(
  response: ServerResponse,
  { status, fields, body }: OAuthAnswer,
  common: readonly string[] = NO_FIELDS,
): void {
  const length = body === undefined ? '0' : String(Buffer.byteLength(body));
  const all = common.concat(fields, 'content-length', length);
  // What the client still sends is not worth waiting for.
  if (status === 413) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

/** The same for an answer that is still being made. */
export async function sendAnswer(response: ServerResponse, answer: OAuthAnswer | Promise<OAuthAnswer>): Promise<void> {
  writeAnswer(response, await answer);
}
