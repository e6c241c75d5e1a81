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
  // The rest of the body is not read, so the connection cannot be kept.
  if (status === 413) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

/** Writes an answer once its promise resolves. */
export async function sendAnswer(response: ServerResponse, answer: OAuthAnswer | Promise<OAuthAnswer>): Promise<void> {
  writeAnswer(response, await answer);
}
