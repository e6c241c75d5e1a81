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
import { TenantRateExceededError } from '../limits/tenant-rates.js';
import { PasswordHasherBusyError } from '../users/password-hasher.js';

/** An answer of a protocol endpoint, ready to be written by whichever lane received the request. */
export interface OAuthAnswer {
  readonly status: number;
  /** Header fields as name, value, name, value, which is what Node.js writes fastest. */
  readonly fields: readonly string[];
  /** Serialised; undefined for an empty body. */
  readonly body: string | undefined;
}

const JSON_TYPE = ['content-type', 'application/json; charset=utf-8'] as const;
/** RFC 6749 §5.1: "MUST include the HTTP Cache-Control response header field with a value of no-store". */
const NEVER_STORED: readonly string[] = [...JSON_TYPE, 'cache-control', 'no-store', 'pragma', 'no-cache'];

/** The answer to a machine at an address without a tenant. Unknown and suspended tenants get the same bytes. */
export const NOTHING_HERE: OAuthAnswer = {
  status: 404,
  fields: NEVER_STORED,
  body: JSON.stringify({ error: 'not_found', error_description: 'There is nothing at this address.' }),
};

export function jsonAnswer(value: object): OAuthAnswer {
  return { status: 200, fields: NEVER_STORED, body: JSON.stringify(value) };
}

/** JSON that caches may keep, serialised already. */
export function publicJsonAnswer(body: string, maxAgeSeconds: number): OAuthAnswer {
  return { status: 200, fields: [...JSON_TYPE, 'cache-control', `public, max-age=${maxAgeSeconds}`], body };
}

/** RFC 6749 §5.2. The only renderer of protocol errors as JSON. */
export function errorAnswer(error: OAuthError): OAuthAnswer {
  const { retryAfterSeconds } = error;
  const retryAfter = retryAfterSeconds === undefined ? [] : ['retry-after', String(retryAfterSeconds)];
  return {
    status: error.status,
    fields: [...NEVER_STORED, ...challenge(error), ...retryAfter, ...rateLimitFields(error)],
    body: JSON.stringify({ error: error.code, error_description: safeDescription(error.message) }),
  };
}

/** RFC 6749 §5.2 and RFC 6750 §3: the `WWW-Authenticate` challenge, when the request lacked authentication. */
function challenge(error: OAuthError): readonly string[] {
  if (error instanceof InvalidClientError) return ['www-authenticate', 'Basic realm="client", charset="UTF-8"'];
  if (error instanceof MissingTokenError) return ['www-authenticate', 'Bearer realm="userinfo"'];
  if (error instanceof InvalidTokenError || error instanceof InsufficientScopeError) {
    const description = safeDescription(error.message);
    return ['www-authenticate', `Bearer error="${error.code}", error_description="${description}"`];
  }
  return [];
}

/** Of the limit that the tenant has reached. */
function rateLimitFields(error: OAuthError): readonly string[] {
  return error instanceof TenantRateExceededError ? error.fields.flat() : [];
}

/** Maps any error to a protocol error. An unforeseen one becomes a server error without details. */
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
