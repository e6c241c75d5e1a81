import { Injectable } from '@nestjs/common';
import { ConsentService } from '../consent/consent.service.js';
import { AccessDeniedError } from '../oauth/oauth-error.js';
import { AuthorizationIssuer } from './authorization-issuer.js';
import { RefusedRequest } from './authorization-validator.js';
import { NextStepDecider } from './next-step.decider.js';
import type { Outcome } from './outcome.js';
import type { LoadedRequest, VisitingBrowser } from './pending-requests.js';

/** What the person says with the form they sent; undefined: they look at a page, or signed in. */
export type Said = 'approve' | 'deny' | undefined;

/**
 * Answers a request again for the browser that was answered already. A double click, Back or a reload sends a form or
 * opens an address a second time, and the browser has thrown the first answer away. The answer is made anew: a code is
 * never sent twice, because the client may have used it.
 */
@Injectable()
export class GivenAnswers {
  constructor(
    private readonly nextStep: NextStepDecider,
    private readonly issuer: AuthorizationIssuer,
    private readonly consents: ConsentService,
  ) {}

  /**
   * The same answer for the same person, as long as it was given a moment ago and would be given now.
   * @returns undefined when the request has to begin anew
   * @throws RefusedRequest when it was denied
   */
  async repeat(
    { pending, request }: LoadedRequest,
    browser: VisitingBrowser,
    said: Said,
  ): Promise<Outcome | undefined> {
    const { answer } = pending;
    const { session, origin } = browser;
    if (!answer || !session || session.user.id !== answer.userId) return undefined;
    if (answer.decision === 'denied') {
      const isRepeated = said === 'deny' || (said === undefined && answer.isRecent);
      if (isRepeated) throw new RefusedRequest(request, new AccessDeniedError('The user did not allow it.'));
      return undefined;
    }
    // What was allowed is taken back on the account page.
    if (said === 'deny') return { kind: 'account' };
    if (!answer.isRecent) return undefined;
    const { tenant } = request;
    const interaction = { tenant, session, request, requestedAt: pending.createdAt, repeats: true };
    if (await this.nextStep.decide(interaction)) return undefined;
    const { client } = request;
    const access = await this.consents.withoutDeclined(tenant.id, session.user.id, client, request.access);
    const allowed = { ...request, access };
    return { kind: 'respond', response: await this.issuer.issue(allowed, session, { origin, repeats: pending.id }) };
  }
}
