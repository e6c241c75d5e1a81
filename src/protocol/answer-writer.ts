import type { ServerResponse } from 'node:http';
import type { OAuthAnswer } from './oauth-answer.js';

/** Writes an answer on any kind of response, Express's or Node's own. */
export function writeAnswer(response: ServerResponse, answer: OAuthAnswer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  // What the client still sends is not worth waiting for.
  if (answer.status === 413) response.setHeader('connection', 'close');
  if (answer.body === undefined) return void response.end();
  response.setHeader('content-length', Buffer.byteLength(answer.body));
  response.end(answer.body);
}
