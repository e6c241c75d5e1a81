import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { errorAddress, type ErrorSubject } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { roundWait } from '../wait.js';
import { wayBackTo, type WaysOn } from './ways-on.js';

/** What is known beside the error itself. */
export interface ErrorSurroundings extends WaysOn {
  readonly retryAfterSeconds?: number | undefined;
}

/** The error page, as the answer to a failed request and at its own address. Below a tenant it always leads on. */
@Injectable()
export class ErrorPageResponder {
  constructor(private readonly pages: PageResponder) {}

  /** `requestId`: of the request that failed, when that is not this one. */
  send(
    request: PageRequest,
    response: Response,
    what: Omit<ErrorSubject, 'requestId' | 'clientId'> & Partial<ErrorSubject>,
    status: number,
    { retryAfterSeconds, againHref, client, details }: ErrorSurroundings = {},
  ): void {
    const { tenant } = request;
    const subject = { ...what, requestId: what.requestId ?? request.requestId ?? '' };
    const address = errorAddress({ ...subject, ...(client && { clientId: client.clientId }) });
    const context = tenant ? this.pages.context(request, tenant, { address }) : this.pages.platformContext(request);
    const home = tenant && homeOf(request, tenant);
    const back = tenant && client && wayBackTo(client, tenant);
    const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds: roundWait(retryAfterSeconds) };
    if (wait.retryAfterSeconds !== undefined) response.setHeader('Retry-After', wait.retryAfterSeconds);
    const view = {
      page: 'error',
      context,
      ...subject,
      ...wait,
      ...(againHref !== undefined && { againHref }),
      ...(back && { back }),
      ...(home && home.href !== againHref && { home }),
      ...(details && { details }),
    } as const;
    this.pages.send(response, view, {}, status);
  }
}

function homeOf({ browser }: PageRequest, tenant: Tenant) {
  const isSignedIn = browser?.session !== undefined;
  return { href: pathOf(tenant, isSignedIn ? '/account' : '/sign-in'), isSignedIn };
}
