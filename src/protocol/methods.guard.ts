import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InvalidRequestError } from '../oauth/oauth-error.js';

/** RFC 9110 §15.5.6. */
export class MethodNotAllowedError extends InvalidRequestError {
  override readonly status = 405;
}

/**
 * For a GET that changes something. The router serves HEAD like GET (RFC 9110 §9.3.2), so a HEAD would make the change
 * for an answer that nobody reads.
 */
export class MethodsGuard implements CanActivate {
  private readonly allowed: readonly string[];

  constructor(...allowed: string[]) {
    this.allowed = allowed;
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    if (this.allowed.includes(http.getRequest<Request>().method)) return true;
    http.getResponse<Response>().setHeader('Allow', this.allowed.join(', '));
    throw new MethodNotAllowedError('The method is not allowed here.');
  }
}
