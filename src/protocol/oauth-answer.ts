import { isUnavailable } from '../database/database-error.js';
import {
  InsufficientScopeError,
  InvalidClientError,
  InvalidTokenError,
  MissingTokenError,
  OAuthError,
  ServerError,
  TemporarilyUnavailableError,
  safeDescription,
} from '../oauth/oauth-error.js';
import { PasswordHasherBusyError } from '../users/password-hasher.js';

/** An answer of a protocol endpoint, ready to be written by whichever lane received the request. */
export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Serialised; undefined for an empty body. */
  readonly body: string | undefined;
}

/** RFC 6749 §5.1: "MUST include the HTTP Cache-Control response header field with a value of no-store". */
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** To a machine at an address without a tenant. Unknown and suspended tenants get the same bytes. */
export const NOTHING_HERE: OAuthAnswer = {
  status: 404,
  headers: { ...JSON_TYPE, ...NO_STORE },
  body: JSON.stringify({ error: 'not_found', error_description: 'There is nothing at this address.' }),
};

export function jsonAnswer(value: object): OAuthAnswer {
  return { status: 200, headers: { ...JSON_TYPE, ...NO_STORE }, body: JSON.stringify(value) };
}

/** RFC 6749 §5.2. The only renderer of protocol errors as JSON. */
export function errorAnswer(error: OAuthError): OAuthAnswer {
  return {
    status: error.status,
    headers: {
      ...JSON_TYPE,
      ...NO_STORE,
      ...challenge(error),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
    },
    body: JSON.stringify({ error: error.code, error_description: safeDescription(error.message) }),
  };
}

/** RFC 6749 §5.2 and RFC 6750 §3: how to authenticate, where that is what was missing. */
function challenge(error: OAuthError): Readonly<Record<string, string>> {
  if (error instanceof InvalidClientError) return { 'www-authenticate': 'Basic realm="client", charset="UTF-8"' };
  if (error instanceof MissingTokenError) return { 'www-authenticate': 'Bearer realm="userinfo"' };
  if (error instanceof InvalidTokenError || error instanceof InsufficientScopeError) {
    const description = safeDescription(error.message);
    return { 'www-authenticate': `Bearer error="${error.code}", error_description="${description}"` };
  }
  return {};
}

/** Everything that can go wrong, as the protocol says it. What nobody foresaw is a server error without details. */
export function toOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof PasswordHasherBusyError) {
    return new TemporarilyUnavailableError('Too many sign-ins wait; try again.', error);
  }
  if (isUnavailable(error)) {
    return new TemporarilyUnavailableError('The service is briefly unavailable; try again.', {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
  return new ServerError('Something went wrong here.', { cause: error });
}
