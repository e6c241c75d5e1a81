import type { IncomingMessage } from 'node:http';
import { InvalidRequestError, MissingTokenError } from '../oauth/oauth-error.js';
import { readForm } from './form-body.js';

const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The access token of a request, RFC 6750 §2.1 (header) and §2.2 (form). Never from the query.
 * @throws MissingTokenError when there is none
 * @throws InvalidRequestError when it is sent twice, or not in this form
 */
export function readBearerToken(authorization: string | undefined, formToken?: string): string {
  if (authorization === undefined && formToken === undefined) throw new MissingTokenError('An access token is needed.');
  if (authorization === undefined) return formToken ?? '';
  // §2: "Clients MUST NOT use more than one method to transmit the token in each request."
  if (formToken !== undefined) throw new InvalidRequestError('The access token is sent in two ways.');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new MissingTokenError('The Authorization header has no bearer token.');
  return token;
}

/**
 * The access token of a request to a protected resource: in the header, or at a POST in the form.
 * @throws OAuthError as `readBearerToken`, and for a body that is no form
 */
export async function readAccessToken(request: IncomingMessage): Promise<string> {
  const { method, headers } = request;
  // A POST may come without any form when the header has the token.
  const hasForm = method === 'POST' && headers['content-type'] !== undefined;
  const formToken = hasForm ? (await readForm(request)).refuseRepeated().find('access_token') : undefined;
  return readBearerToken(headers.authorization, formToken);
}
