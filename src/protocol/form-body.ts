import type { IncomingMessage } from 'node:http';
import { InvalidRequestError, quoted } from '../oauth/oauth-error.js';
import { OAuthParameters } from '../oauth/parameters.js';
import { isUtf8 } from './charset.js';

/** Bytes. Enough for a client assertion and a few resources; no request of the protocol needs more. */
const MAX_BODY_BYTES = 65_536;
const FORM = /^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;
const NOT_ASCII = /%[89a-f][0-9a-f]|[^\0-\x7f]/i;

/** The body is larger than anything the endpoint could use: RFC 9110 §15.5.14. */
class BodyTooLargeError extends InvalidRequestError {
  override readonly status = 413;
}

/** The body has a content coding, and none is supported here: RFC 9110 §15.5.16. */
class EncodedBodyError extends InvalidRequestError {
  override readonly status = 415;
}

/**
 * Reads a form, RFC 6749 appendix B. Guards need it to know which client asks, so no body parser of Express reads it.
 * Parameters are checked here, once for every endpoint.
 */
export async function readForm(request: IncomingMessage): Promise<OAuthParameters> {
  return OAuthParameters.parse(await readFormText(request));
}

/** The form as it was sent, for an endpoint that also takes parameters elsewhere. */
export async function readFormText(request: IncomingMessage): Promise<string> {
  const { 'content-type': type = '' } = request.headers;
  if (!FORM.test(type)) throw notAForm(type);
  if (isEncoded(request)) throw new EncodedBodyError('The body must be sent as it is, without a coding.');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const text = await readText(request);
  // The media type has no parameters, so they mean nothing; only another encoding would be read wrongly.
  if (!isUtf8(type) && NOT_ASCII.test(text)) throw notAForm(type);
  return text;
}

/** Whether the body has a content coding (RFC 9110 §8.4) or a transfer coding other than chunked (RFC 9112 §6.1). */
function isEncoded({ headers }: IncomingMessage): boolean {
  const { 'content-encoding': content = 'identity', 'transfer-encoding': transfer = 'chunked' } = headers;
  return content.toLowerCase() !== 'identity' || transfer.toLowerCase() !== 'chunked';
}

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const broken = () => reject(new InvalidRequestError('The body is incomplete.'));
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) return void chunks.push(chunk);
      // The rest of the body is discarded, and the answer closes the connection.
      request.removeAllListeners('data').resume();
      reject(tooLarge());
    });
    request.once('end', () => {
      request.off('close', broken);
      resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString());
    });
    request.once('error', reject);
    request.once('close', broken);
  });
}

function notAForm(type: string): InvalidRequestError {
  return new InvalidRequestError(
    `The body must be application/x-www-form-urlencoded in UTF-8, and its Content-Type is ${quoted(type)}.`,
  );
}

function tooLarge(): BodyTooLargeError {
  return new BodyTooLargeError(`The body is larger than ${MAX_BODY_BYTES} bytes.`);
}
