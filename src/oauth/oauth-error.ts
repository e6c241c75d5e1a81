/**
 * The registered error codes, one class each; the class fixes code and status.
 * `message` (the description) is written for the developer of the client and is safe to send. `detail` and `cause`
 * go to the log and the audit event; in development a page may show `detail`.
 */
export abstract class OAuthError extends Error {
  abstract readonly code: string;
  readonly status: number = 400;
  readonly detail: string | undefined;
  /** Seconds after which another attempt makes sense (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;

  constructor(description: string, options: { detail?: string; cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(description, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

// RFC 6749 §5.2 and §4.1.2.1

export class InvalidRequestError extends OAuthError {
  readonly code = 'invalid_request';
}

export class InvalidClientError extends OAuthError {
  readonly code = 'invalid_client';
  override readonly status = 401;
}

export class InvalidGrantError extends OAuthError {
  readonly code = 'invalid_grant';
}

/** What was presented was issued by us, and cannot be used any more. */
export class SpentGrantError extends InvalidGrantError {}

export class UnauthorizedClientError extends OAuthError {
  readonly code = 'unauthorized_client';
}

export class UnsupportedGrantTypeError extends OAuthError {
  readonly code = 'unsupported_grant_type';
}

export class UnsupportedResponseTypeError extends OAuthError {
  readonly code = 'unsupported_response_type';
}

export class InvalidScopeError extends OAuthError {
  readonly code = 'invalid_scope';
}

export class AccessDeniedError extends OAuthError {
  readonly code = 'access_denied';
  override readonly status = 403;
}

export class ServerError extends OAuthError {
  readonly code = 'server_error';
  override readonly status = 500;
}

/** Too much work is waiting: the same request may succeed later. */
export class TemporarilyUnavailableError extends OAuthError {
  readonly code = 'temporarily_unavailable';
  override readonly status = 503;
}

/** Too many failed attempts; the code is the nearest registered one, the status is RFC 6585 §4. */
export class TooManyAttemptsError extends OAuthError {
  readonly code = 'temporarily_unavailable';
  override readonly status = 429;
}

/** RFC 8707 §2: the protected resource is unknown, or not for this client. */
export class InvalidTargetError extends OAuthError {
  readonly code = 'invalid_target';
}

// OpenID Connect Core §3.1.2.6

export class LoginRequiredError extends OAuthError {
  readonly code = 'login_required';
}

/** The person would have to choose an account, and may not be asked. */
export class AccountSelectionRequiredError extends OAuthError {
  readonly code = 'account_selection_required';
}

export class ConsentRequiredError extends OAuthError {
  readonly code = 'consent_required';
}

export class InteractionRequiredError extends OAuthError {
  readonly code = 'interaction_required';
}

/** OpenID Connect Core Error Code unmet_authentication_requirements 1.0 §2. */
export class UnmetAuthenticationRequirementsError extends OAuthError {
  readonly code = 'unmet_authentication_requirements';
}

export class RequestNotSupportedError extends OAuthError {
  readonly code = 'request_not_supported';
}

export class RequestUriNotSupportedError extends OAuthError {
  readonly code = 'request_uri_not_supported';
}

export class RegistrationNotSupportedError extends OAuthError {
  readonly code = 'registration_not_supported';
}

// RFC 6750 §3.1

export class InvalidTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;
}

/** No token was sent at all: the challenge is bare then (§3.1). */
export class MissingTokenError extends InvalidTokenError {}

export class InsufficientScopeError extends OAuthError {
  readonly code = 'insufficient_scope';
  override readonly status = 403;

  /** @param scope what would have sufficed, when a scope would */
  constructor(
    description: string,
    readonly scope?: string,
  ) {
    super(description);
  }
}

const MAX_QUOTED_LENGTH = 100;

/** What the client sent, as a description names it: no longer than anybody reads. */
export function quoted(value: string | readonly string[]): string {
  const text = typeof value === 'string' ? value : value.join(' ');
  return `'${text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}...` : text}'`;
}

/** RFC 6749 §5.2 allows these characters in `error_description`: %x20-21 / %x23-5B / %x5D-7E. */
export function safeDescription(description: string): string {
  return description.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'");
}
