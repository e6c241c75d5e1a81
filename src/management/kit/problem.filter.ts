import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { ClientMetadataError } from '../../clients/client-metadata.js';
import { LastSecretError, TooManySecretsError } from '../../clients/clients.service.js';
import { isUnavailable, isUniqueViolation } from '../../database/database-error.js';
import {
  NotDeveloperError,
  RegistrationConflictError,
  StaleRegistrationError,
} from '../../developers/client-registration.js';
import { TooManyKeysError } from '../../keys/key-rotation.js';
import { type QuotaExceeded, findQuotaExceeded } from '../../limits/quota-exceeded.js';
import { TenantRateExceededError } from '../../limits/tenant-rates.js';
import { MailLimitError, MailUnavailableError, UnusableAddressError } from '../../mail/mail-errors.js';
import { InsufficientScopeError, InvalidTokenError, MissingTokenError, OAuthError } from '../../oauth/oauth-error.js';
import { TooManyApisError } from '../../resources/apis.service.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { UserInputError } from '../../users/user-input.js';
import { LastAdministratorError, PasswordUncheckedError } from '../../users/users.service.js';
import { stale } from './etag.js';
import { Problem, type ProblemKind, invalidMember } from './problem.js';

const KIND_OF_STATUS: Readonly<Record<number, ProblemKind>> = {
  400: 'malformed-request',
  404: 'not-found',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

const UNKNOWN_ROUTE = 'The API has no such address and method; /api/v1/openapi.json lists what it has.';

/** Renders whatever goes wrong in the management API as a problem (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Management');

  catch(error: unknown, host: ArgumentsHost): void {
    const { requestId } = host.switchToHttp().getRequest<TenantRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblem(error);
    if (problem.getStatus() >= 500) this.logger.error(error, `request ${requestId}`);
    response.status(problem.getStatus()).set(problem.headers).set('Cache-Control', 'no-store');
    response.type('application/problem+json').send(JSON.stringify(problem.toJson(requestId)));
  }
}

/** Whatever went wrong, as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ClientMetadataError || error instanceof UserInputError) return fromMember(error);
  if (error instanceof TooManyKeysError) return new Problem('conflict', 'The keys were rotated too often; wait a day.');
  if (error instanceof TooManySecretsError) {
    return new Problem('conflict', 'The client has two secrets already; delete one first.');
  }
  if (error instanceof LastSecretError) {
    return new Problem('conflict', 'It is the only secret the client can authenticate with; add another one first.');
  }
  if (error instanceof LastAdministratorError) {
    return new Problem('conflict', 'The user is the last administrator who can sign in; make another one first.');
  }
  const ofDeveloper = fromDeveloper(error);
  if (ofDeveloper) return ofDeveloper;
  if (error instanceof TooManyApisError) return new Problem('conflict', 'The tenant has as many APIs as it can.');
  if (error instanceof TenantNotFoundError) return new Problem('not-found', UNKNOWN_ROUTE);
  if (error instanceof MailUnavailableError || error instanceof UnusableAddressError) {
    return new Problem('conflict', error.message);
  }
  if (error instanceof MailLimitError) {
    const headers = { 'Retry-After': String(error.retryAfterSeconds ?? 600) };
    return new Problem('too-many-requests', error.message, [], { headers });
  }
  if (error instanceof TenantRateExceededError) {
    const headers = { 'Retry-After': String(error.retryAfterSeconds), ...Object.fromEntries(error.fields) };
    return new Problem('too-many-requests', error.message, [], { headers });
  }
  if (error instanceof OAuthError) return fromOAuth(error);
  const exceeded = findQuotaExceeded(error);
  if (exceeded) return fromQuota(exceeded);
  if (isUniqueViolation(error)) return new Problem('conflict', 'The identifier is taken.', [], { cause: error });
  if (error instanceof PasswordUncheckedError) {
    const detail = 'The password cannot be compared with those known from breaches now; try again.';
    return new Problem('unavailable', detail, [], { cause: error, headers: { 'Retry-After': '10' } });
  }
  if (isUnavailable(error) || error instanceof PasswordHasherBusyError) {
    return new Problem('unavailable', 'Try again.', [], { cause: error, headers: { 'Retry-After': '1' } });
  }
  const kind = KIND_OF_STATUS[statusOf(error)] ?? 'internal-error';
  return new Problem(kind, kind === 'not-found' ? UNKNOWN_ROUTE : undefined, [], { cause: error });
}

function fromDeveloper(error: unknown): Problem | undefined {
  if (error instanceof NotDeveloperError) return new Problem('permission-denied', error.message);
  if (error instanceof RegistrationConflictError) return new Problem('conflict', error.message);
  return error instanceof StaleRegistrationError ? stale() : undefined;
}

/** Nothing that time mends, so it is a conflict (RFC 9110 §15.5.10) and not 429, which is about requests in a time. */
function fromQuota({ quota, limit, used }: QuotaExceeded): Problem {
  const detail = `The tenant has ${used} ${quota} and may have ${limit}. The operator of the platform can raise the limit.`;
  return new Problem('quota-exceeded', detail, [], { members: { quota, limit, used } });
}

/** `redirect_uris[0]` is the member `/redirect_uris/0`. */
function fromMember(error: ClientMetadataError | UserInputError): Problem {
  const pointer = error.member.replace(/\[(\d+)\]/g, '/$1');
  if (error instanceof UserInputError && error.conflict) {
    return new Problem('conflict', `${error.member} ${error.fault}.`, [
      { pointer: `/${pointer}`, detail: error.fault },
    ]);
  }
  return invalidMember(pointer, error.fault);
}

/** RFC 6750 §3 wants the challenge beside the status. */
function fromOAuth(error: OAuthError): Problem {
  if (error instanceof InsufficientScopeError) {
    const scope = error.scope === undefined ? '' : `, scope="${error.scope}"`;
    return new Problem('permission-denied', error.message, [], {
      headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope"${scope}` },
    });
  }
  if (!(error instanceof InvalidTokenError)) return new Problem('malformed-request', error.message);
  // §3.1: without a token "the resource server SHOULD NOT include an error code".
  const challenge = error instanceof MissingTokenError ? 'Bearer realm="management"' : `Bearer error="${error.code}"`;
  return new Problem('authentication-required', error.message, [], { headers: { 'WWW-Authenticate': challenge } });
}

/** Of Nest's own errors and of the JSON parser's. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : 500;
}
