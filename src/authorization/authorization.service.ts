import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { ConsentService } from '../consent/consent.service.js';
import {
  type ScopesByResource,
  declinedScopes,
  optionalScopes,
  scopesByResource,
  withoutDeclined,
} from '../consent/optional-scopes.js';
import { Database } from '../database/database.js';
import { AccessDeniedError } from '../oauth/oauth-error.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { without } from '../oauth/scope.js';
import { type Access, scopeOf } from '../resources/access.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import { CHOSEN_ACCOUNT, withNamedAccount } from './account-choice.js';
import { nameOfAsked } from './asked-access.js';
import { AuthorizationIssuer } from './authorization-issuer.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationRefusals } from './authorization-refusals.js';
import type { AuthorizationResponse } from './authorization-response.js';
import { AuthorizationValidator, RefusedRequest } from './authorization-validator.js';
import { GivenAnswers, type Said } from './given-answers.js';
import type { Interaction } from './interaction-step.js';
import { NextStepDecider } from './next-step.decider.js';
import type { Outcome, PendingInteraction } from './outcome.js';
import { PendingRequestAnswered } from './pending-request-errors.js';
import { type VisitingBrowser, type LoadedRequest, PendingRequests } from './pending-requests.js';
import { type PendingRequest, PendingRequestsRepository } from './pending-requests.repository.js';

/** The authorization endpoint, RFC 6749 §3.1: from a request to a response, by way of sign-in and consent. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly validator: AuthorizationValidator,
    private readonly requests: PendingRequests,
    private readonly pending: PendingRequestsRepository,
    private readonly consents: ConsentService,
    private readonly issuer: AuthorizationIssuer,
    private readonly database: Database,
    private readonly audit: AuditRecorder,
    private readonly refusals: AuthorizationRefusals,
    private readonly nextStep: NextStepDecider,
    private readonly answers: GivenAnswers,
  ) {}

  /**
   * A new authorization request, sent with the browser's cookies.
   * @throws OAuthError when client or redirect URI are not proven; the error is shown on a page
   */
  async begin(tenant: Tenant, params: OAuthParameters, browser: VisitingBrowser): Promise<Outcome> {
    return this.refusals.answering(tenant, browser, params, () => this.start(tenant, params, browser));
  }

  /**
   * A request that came by POST from the client's page: its cookies stayed behind (SameSite=Lax), so it is kept, and
   * taken up again by the GET that follows.
   * @returns its id, or the answer when it is wrong
   */
  async keepForBrowser(tenant: Tenant, params: OAuthParameters, origin: RequestOrigin): Promise<Outcome> {
    return this.refusals.answering(tenant, { origin }, params, async () => {
      const request = await this.validator.validate(tenant, params);
      return { kind: 'kept', requestId: (await this.requests.keep(request, { origin })).id };
    });
  }

  /**
   * The next step of a pending request, after the person did something.
   * @throws PendingRequestGone, PendingRequestExpired
   */
  async resume(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.goOn(tenant, requestId, browser, async () =>
      this.next(await this.requests.load(tenant, requestId, browser), browser),
    );
  }

  /**
   * The same for a request whose page was just sent. It is checked again: what the person did took a while.
   * @throws PendingRequestGone
   */
  async proceed({ pending, request }: PendingInteraction, browser: VisitingBrowser): Promise<Outcome> {
    return this.goOn(request.tenant, pending.id, browser, async () => {
      if (pending.answer) throw new PendingRequestAnswered();
      const checked = await this.validator.validate(request.tenant, request.params);
      return this.next({ pending, request: checked }, browser);
    });
  }

  /**
   * What a page shows of a pending request. One that was answered needs nothing any more; `resume` leads on from it.
   * @throws PendingRequestGone, PendingRequestExpired, RefusedRequest
   */
  async show(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<PendingInteraction> {
    const { pending, request } = await this.requests.loadAny(tenant, requestId, browser);
    const { session } = browser;
    const review = session && this.consents.reviewOnce(tenant.id, session.user.id, request.client, request.access);
    const interaction = { ...interactionOf({ pending, request }, browser), ...(review && { review }) };
    const next = pending.answer ? undefined : await this.nextStep.peek(interaction);
    const { missing, declined } = (next?.name === 'consent' && (await review?.())) || NOT_ASKED;
    return { id: requestId, pending, request, missing, declined, next };
  }

  /**
   * The person chose the account that is signed in already. That answers `select_account`; the other demands of the
   * request remain.
   */
  async continueAs(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    const { pending } = await this.requests.loadAny(tenant, requestId, browser);
    const parameters = pending.parameters.map(([name, value]): [string, string] => [
      name,
      name === 'prompt' ? without(value.split(' '), ['select_account']).join(' ') : value,
    ]);
    const userId = browser.others ? browser.session?.user.id : undefined;
    const chosen = parameters.filter(([name]) => name !== CHOSEN_ACCOUNT);
    if (userId !== undefined) chosen.push([CHOSEN_ACCOUNT, userId]);
    await this.pending.replaceParameters(tenant.id, requestId, chosen);
    return this.resume(tenant, requestId, browser);
  }

  /**
   * The user said yes to what was asked, but for the optional scopes that they did not tick.
   * @param said `asked`: what the page asked for (`nameOfAsked`); undefined: a page of an older version
   * @throws PendingRequestGone, PendingRequestExpired
   */
  async approve(
    tenant: Tenant,
    requestId: string,
    browser: VisitingBrowser,
    { asked, isTicked }: { readonly asked: string | undefined; readonly isTicked: (field: string) => boolean },
  ): Promise<Outcome> {
    const work = async (): Promise<Outcome> => {
      const { pending, request } = await this.requests.load(tenant, requestId, browser);
      const step = await this.nextStep.decide(interactionOf({ pending, request }, browser));
      const isConsent = step?.name === 'consent';
      // Consent is given by somebody who is signed in, fresh enough for this request, and has done all that comes before.
      if (step && !isConsent) return { kind: 'step', step, requestId };
      const optional = optionalScopes(request.client, request.access);
      // A page of an older version has no boxes, so where there is something to choose it says nothing.
      const isForThis = asked === nameOfAsked(request) || (asked === undefined && optional.length === 0);
      // Something else is asked for by now: the page is shown again.
      if (isConsent && !isForThis) return { kind: 'step', step, requestId };
      // Another tab allowed it meanwhile. What was chosen here counts nevertheless.
      const isChoice = isConsent || (isForThis && optional.length > 0);
      const declined = isChoice ? declinedScopes(optional, isTicked) : undefined;
      if (declined && leavesNothing(request.access, declined)) return this.refuse(tenant, request, requestId, browser);
      return respond(await this.finish(pending, request, browser, { declined, approved: true }));
    };
    return this.goOn(tenant, requestId, browser, work, 'approve');
  }

  /** The user said no. @throws PendingRequestGone, PendingRequestExpired */
  async deny(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    const work = async (): Promise<Outcome> => {
      const { request } = await this.requests.load(tenant, requestId, browser);
      return this.refuse(tenant, request, requestId, browser);
    };
    return this.goOn(tenant, requestId, browser, work, 'deny');
  }

  private async refuse(
    tenant: Tenant,
    request: AuthorizationRequest,
    requestId: string,
    browser: VisitingBrowser,
  ): Promise<never> {
    const answer = { decision: 'denied', userId: browser.session?.user.id } as const;
    await this.database.transaction(tenant.id, async (transaction) => {
      const [completed] = await Promise.all([
        this.pending.complete(tenant.id, requestId, answer, transaction),
        this.audit.recordWith(transaction, decided(request, browser, 'consent.denied')),
      ]);
      if (!completed) throw new PendingRequestAnswered();
    });
    throw new RefusedRequest(request, new AccessDeniedError('The user did not allow it.'));
  }

  /** The same parameters as a new request, after the first one expired. */
  async restart(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.begin(tenant, await this.requests.parametersOf(tenant, requestId, browser), browser);
  }

  private async start(tenant: Tenant, params: OAuthParameters, visiting: VisitingBrowser): Promise<Outcome> {
    const request = await this.validator.validate(tenant, params);
    const browser = withNamedAccount(request, visiting);
    const step = await this.nextStep.decide(interactionOf({ request }, browser));
    if (!step && browser.session) {
      const allowed = await this.allowedOf(request, browser.session.user.id);
      return respond(await this.issuer.issue(allowed, browser.session, { origin: browser.origin }));
    }
    if (!step) throw new Error('Nobody is signed in, and nothing is to be done.');
    const pending = await this.requests.keep(request, browser);
    const { id } = pending;
    const account = accountOf(browser, visiting);
    if (step.name !== 'sign-in' || account.account) return { kind: 'step', step, requestId: id, ...account };
    const interaction = { id, pending, request, ...NOT_ASKED, next: step };
    return { kind: 'step', step, requestId: id, interaction };
  }

  /**
   * Does the work for a request that waits. One that was answered before, or is answered by another request of this
   * browser meanwhile, gets its answer again, or begins anew.
   */
  private async goOn(
    tenant: Tenant,
    requestId: string,
    browser: VisitingBrowser,
    work: () => Promise<Outcome>,
    said?: Said,
  ): Promise<Outcome> {
    return this.refusals.answering(tenant, browser, undefined, async () => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof PendingRequestAnswered)) throw error;
      }
      const loaded = await this.requests.loadAny(tenant, requestId, browser);
      const again = await this.answers.repeat(loaded, browser, said);
      if (again) return again;
      // Nothing that the person refused may come of it.
      if (said === 'deny') return { kind: 'account' };
      return this.start(tenant, loaded.request.params, browser);
    });
  }

  /** The request as its person allowed it: without what they left out before. */
  private async allowedOf(request: AuthorizationRequest, userId: string): Promise<AuthorizationRequest> {
    const { tenant, client, access } = request;
    const allowed = await this.consents.withoutDeclined(tenant.id, userId, client, access);
    return allowed === access ? request : { ...request, access: allowed };
  }

  private async next({ pending, request }: LoadedRequest, visiting: VisitingBrowser): Promise<Outcome> {
    const browser = withNamedAccount(request, visiting, pending.createdAt);
    const step = await this.nextStep.decide(interactionOf({ pending, request }, browser));
    if (step) return { kind: 'step', step, requestId: pending.id, ...accountOf(browser, visiting) };
    return respond(await this.finish(pending, request, browser, {}));
  }

  /**
   * Completes the pending request. Consent, grant and code are stored in the same transaction.
   * @param said `declined`: the consent that is given is stored, without this; `approved`: the person pressed the button
   */
  private async finish(
    pending: PendingRequest,
    request: AuthorizationRequest,
    browser: VisitingBrowser,
    { declined, approved = false }: { readonly declined?: ScopesByResource | undefined; readonly approved?: boolean },
  ): Promise<AuthorizationResponse> {
    const { tenant, client, access } = request;
    const { session, origin } = browser;
    if (!session) throw new Error('Nobody is signed in.');
    const userId = session.user.id;
    const allowed = declined
      ? { ...request, access: withoutDeclined(access, declined) }
      : await this.allowedOf(request, userId);
    const released = await this.issuer.release(allowed, session);
    return this.database.transaction(tenant.id, async (transaction) => {
      // These statements are sent together and executed in order. Their transaction is committed only if the first one
      // succeeds.
      const [completed, , , response] = await Promise.all([
        this.pending.complete(tenant.id, pending.id, { decision: 'granted', userId }, transaction),
        declined &&
          !client.firstParty &&
          this.consents.approve(tenant.id, { userId, clientId: client.clientId, access, declined }, transaction),
        approved && this.audit.recordWith(transaction, decided(allowed, browser, 'consent.granted')),
        this.issuer.issue(allowed, session, { origin, within: { transaction, released } }),
      ]);
      if (!completed) throw new PendingRequestAnswered();
      return response;
    });
  }
}

/** Of a request whose person is not asked for consent. */
const NOT_ASKED = { missing: new Map<string, never[]>(), declined: new Map<string, never[]>() } as const;

/** Whoever unticks everything says no. */
function leavesNothing(access: Access, declined: ScopesByResource): boolean {
  return declined.size > 0 && scopeOf(withoutDeclined(access, declined)).length === 0;
}

function interactionOf(
  { pending, request }: { readonly pending?: PendingRequest; readonly request: AuthorizationRequest },
  { session, others }: VisitingBrowser,
): Interaction {
  const hasOthers = (others?.length ?? 0) > 0;
  return { tenant: request.tenant, session, request, requestedAt: pending?.createdAt, hasOthers };
}

/** The account that took the place of the one in use. */
function accountOf({ session }: VisitingBrowser, visiting: VisitingBrowser): { account?: Session } {
  return session && session.id !== visiting.session?.id ? { account: session } : {};
}

function respond(response: AuthorizationResponse): Outcome {
  return { kind: 'respond', response };
}

/** The event of what a user said. */
function decided(
  { tenant, client, access }: AuthorizationRequest,
  { session, origin }: VisitingBrowser,
  type: 'consent.granted' | 'consent.denied',
): AuditEvent {
  return {
    tenantId: tenant.id,
    type,
    outcome: 'success',
    clientId: client.clientId,
    userId: session?.user.id,
    origin,
    details: { scope: scopeOf(access), resources: [...scopesByResource(access).keys()] },
  };
}
