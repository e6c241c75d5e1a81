import { Injectable } from '@nestjs/common';
import { ConsentService } from '../consent/consent.service.js';
import { ConsentRequiredError, LoginRequiredError } from '../oauth/oauth-error.js';
import type { Session } from '../sessions/session.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { RefusedRequest } from './authorization-validator.js';
import { needsSignIn } from './needs-sign-in.js';
import type { NextStep } from './outcome.js';
import type { PendingRequest } from './pending-requests.repository.js';

/** Decides what a checked authorization request needs of the person. */
@Injectable()
export class NextStepDecider {
  constructor(private readonly consents: ConsentService) {}

  /** OpenID Connect Core §3.1.2.3 and §3.1.2.4: who has to do what before the client is answered. */
  async decide(
    request: AuthorizationRequest,
    session: Session | undefined,
    pending: PendingRequest | undefined,
  ): Promise<NextStep> {
    const silent = request.prompt.has('none');
    if (!session || needsSignIn(request, session, pending?.createdAt)) {
      if (silent) throw new RefusedRequest(request, new LoginRequiredError('The user has to sign in.'));
      return 'sign-in';
    }
    const { tenant, client, access } = request;
    const mustAsk = request.prompt.has('consent');
    if (!mustAsk && (await this.consents.findMissing(tenant.id, session.user.id, client, access)).size === 0) {
      return 'issue';
    }
    if (silent) throw new RefusedRequest(request, new ConsentRequiredError('The user has to consent.'));
    return 'consent';
  }

  /** Decides without answering the client. A request that would be refused is refused later, by `resume`. */
  async peek(request: AuthorizationRequest, session: Session | undefined, pending: PendingRequest): Promise<NextStep> {
    try {
      return await this.decide(request, session, pending);
    } catch (error) {
      if (error instanceof RefusedRequest) return 'issue';
      throw error;
    }
  }
}
