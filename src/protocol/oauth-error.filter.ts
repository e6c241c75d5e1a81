import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { OAuthError } from '../oauth/oauth-error.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { writeAnswer } from './answer-writer.js';
import { type OAuthAnswer, errorAnswer, toOAuthError } from './oauth-answer.js';
import type { OAuthRequest } from './oauth-request.js';

/** Renders whatever goes wrong at a machine's endpoint as the JSON of RFC 6749 §5.2. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuth');

  catch(error: unknown, host: ArgumentsHost): void {
    // An address without a tenant is not a protocol error; the last filter answers it.
    if (error instanceof TenantNotFoundError) throw error;
    const request = host.switchToHttp().getRequest<OAuthRequest>();
    writeAnswer(host.switchToHttp().getResponse<Response>(), failureAnswer(this.logger, request, error));
  }
}

/** Whatever went wrong, logged and rendered. */
export function failureAnswer(logger: Logger, request: OAuthRequest, error: unknown): OAuthAnswer {
  const oauthError = toOAuthError(error);
  logFailure(logger, request, oauthError);
  return errorAnswer(oauthError);
}

/** A server error with its cause; a refusal only where it has a private reason. */
export function logFailure(logger: Logger, request: OAuthRequest, error: OAuthError): void {
  const at = `request ${request.requestId}`;
  if (error.status >= 500) logger.error(error.cause instanceof Error ? error.cause : error, at);
  else if (error.detail !== undefined) logger.debug(`${error.code}: ${error.detail}, ${at}`);
}
