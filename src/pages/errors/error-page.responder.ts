import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { PageRequest } from '../browser/current-browser.js';
import { errorAddress, type ErrorSubject } from '../page-address.js';
import { PageResponder } from '../page-responder.js';
import { roundWait } from '../wait.js';

/** The error page, as the answer to a failed request and at its own address. */
@Injectable()
export class ErrorPageResponder {
  constructor(private readonly pages: PageResponder) {}

  /** `requestId`: of the request that failed, when that is not this one. */
  send(
    request: PageRequest,
    response: Response,
    what: Omit<ErrorSubject, 'requestId'> & Partial<ErrorSubject>,
    status: number,
    retryAfterSeconds?: number,
  ): void {
    const { tenant } = request;
    const subject = { ...what, requestId: what.requestId ?? request.requestId ?? '' };
    const context = tenant
      ? this.pages.context(request, tenant, { address: errorAddress(subject) })
      : this.pages.platformContext(request);
    const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds: roundWait(retryAfterSeconds) };
    if (wait.retryAfterSeconds !== undefined) response.setHeader('Retry-After', wait.retryAfterSeconds);
    this.pages.send(response, { page: 'error', context, ...subject, ...wait }, {}, status);
  }
}
