import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { ConsentService, type ScopesByResource, scopesByResource } from '../consent/consent.service.js';
import { isForeignKeyViolation } from '../database/database-error.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { AccessDeniedError, ConsentRequiredError, LoginRequiredError, OAuthError } from '../oauth/oauth-error.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { without } from '../oauth/scope.js';
import { scopeOf } from '../resources/access.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import { AuthorizationIssuer } from './authorization-issuer.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { type AuthorizationResponse, errorResponse } from './authorization-response.js';
import { AuthorizationValidator, RefusedRequest } from './authorization-validator.js';
import { needsSignIn } from './needs-sign-in.js';
import { PendingRequestGone } from './pending-request-errors.js';
import { type VisitingBrowser, type LoadedRequest, PendingRequests } from './pending-requests.js';
import { type PendingRequest, PendingRequestsRepository } from './pending-requests.repository.js';

/** The result of a step: an answer for the client, or the next page for the person. */
export type Outcome =
  | { readonly kind: 'respond'; readonly response: AuthorizationResponse }
  | {
      readonly kind: 'sign-in' | 'consent';
      readonly requestId: string;
      /**
       * The interaction of a request that arrived just now and needs a sign-in. Its page can be the answer at once,
       * without a redirect.
       */
      readonly interaction?: PendingInteraction;
    };

/** A pending request as its pages show it. */
export interface PendingInteraction extends LoadedRequest {
  readonly id: string;
  /** What the person has to do now; `issue`: nothing any more. */
  readonly next: 'sign-in' | 'consent' | 'issue';
  /** What the user has not allowed so far. */
  readonly missing: ScopesByResource;
}

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
    private readonly refusals: RefusalRecorder,
  ) {}

  /**
   * A new authorization request, sent with the browser's cookies.
   * @throws OAuthError when client or redirect URI are not proven; the error is shown on a page
   */
  async begin(tenant: Tenant, params: OAuthParameters, browser: VisitingBrowser): Promise<Outcome> {
    return this.answering(tenant, browser, params, async () => {
      const request = await this.validator.validate(tenant, params);
      const next = await this.decide(request, browser.session, undefined);
      if (next === 'issue' && browser.session) {
        return respond(await this.issue(request, browser.session, browser.origin));
      }
      const pending = await this.requests.keep(request, browser);
      const { id } = pending;
      if (next === 'consent') return { kind: 'consent', requestId: id };
      const interaction = { id, pending, request, missing: new Map<string, never[]>(), next: 'sign-in' } as const;
      return { kind: 'sign-in', requestId: id, interaction };
    });
  }

  /**
   * A request that came by POST from the client's page: its cookies stayed behind (SameSite=Lax), so it is kept, and
   * taken up again by the GET that follows.
   * @returns its id, or the answer when it is wrong
   */
  async keepForBrowser(tenant: Tenant, params: OAuthParameters, origin: RequestOrigin): Promise<Outcome> {
    return this.answering(tenant, { origin }, params, async () => {
      const request = await this.validator.validate(tenant, params);
      return { kind: 'sign-in', requestId: (await this.requests.keep(request, { origin })).id };
    });
  }

  /**
   * The next step of a pending request, after the person did something.
   * @throws PendingRequestGone, PendingRequestExpired
   */
  async resume(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.answering(tenant, browser, undefined, async () =>
      this.next(await this.requests.load(tenant, requestId, browser), browser),
    );
  }

  /**
   * The same for a request whose page was just sent. It is checked again: what the person did took a while.
   * @throws PendingRequestGone
   */
  async proceed({ pending, request }: PendingInteraction, browser: VisitingBrowser): Promise<Outcome> {
    return this.answering(request.tenant, browser, undefined, async () => {
      const checked = await this.validator.validate(request.tenant, request.params);
      return this.next({ pending, request: checked }, browser);
    });
  }

  /**
   * What a page shows of a pending request.
   * @throws PendingRequestGone, PendingRequestExpired, RefusedRequest
   */
  async show(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<PendingInteraction> {
    const { pending, request } = await this.requests.load(tenant, requestId, browser);
    const { session } = browser;
    const next = await this.peek(request, session, pending);
    const missing =
      session && next === 'consent'
        ? await this.consents.findMissing(tenant.id, session.user.id, request.client, request.access)
        : new Map<string, never[]>();
    return { id: requestId, pending, request, missing, next };
  }

  /**
   * The person chose the account that is signed in already. That answers `select_account`; the other demands of the
   * request remain.
   */
  async continueAs(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    const { pending } = await this.requests.load(tenant, requestId, browser);
    const parameters = pending.parameters.map(([name, value]): [string, string] => [
      name,
      name === 'prompt' ? without(value.split(' '), ['select_account']).join(' ') : value,
    ]);
    await this.pending.replaceParameters(tenant.id, requestId, parameters);
    return this.resume(tenant, requestId, browser);
  }

  /** The user said yes to everything that was asked. @throws PendingRequestGone, PendingRequestExpired */
  async approve(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.answering(tenant, browser, undefined, async () => {
      const { pending, request } = await this.requests.load(tenant, requestId, browser);
      const next = await this.decide(request, browser.session, pending);
      // Consent is given by somebody who is signed in, and fresh enough for this request.
      if (next === 'sign-in' || !browser.session) return { kind: 'sign-in', requestId };
      return respond(await this.finish(pending, request, browser, next === 'consent', true));
    });
  }

  /** The user said no. @throws PendingRequestGone, PendingRequestExpired */
  async deny(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.answering(tenant, browser, undefined, async () => {
      const { request } = await this.requests.load(tenant, requestId, browser);
      await this.database.transaction(tenant.id, async (transaction) => {
        const [completed] = await Promise.all([
          this.pending.complete(tenant.id, requestId, transaction),
          this.audit.recordWith(transaction, decided(request, browser, 'consent.denied')),
        ]);
        if (!completed) throw new PendingRequestGone();
      });
      throw new RefusedRequest(request, new AccessDeniedError('The user did not allow it.'));
    });
  }

  /** The same parameters as a new request, after the first one expired. */
  async restart(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<Outcome> {
    return this.begin(tenant, await this.requests.parametersOf(tenant, requestId, browser), browser);
  }

  private async next({ pending, request }: LoadedRequest, browser: VisitingBrowser): Promise<Outcome> {
    const next = await this.decide(request, browser.session, pending);
    if (next === 'issue' && browser.session) {
      return respond(await this.finish(pending, request, browser, false, false));
    }
    return { kind: next === 'consent' ? 'consent' : 'sign-in', requestId: pending.id };
  }

  /** OpenID Connect Core §3.1.2.3 and §3.1.2.4: who has to do what before the client is answered. */
  private async decide(
    request: AuthorizationRequest,
    session: Session | undefined,
    pending: PendingRequest | undefined,
  ): Promise<'issue' | 'sign-in' | 'consent'> {
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
  private async peek(
    request: AuthorizationRequest,
    session: Session | undefined,
    pending: PendingRequest,
  ): Promise<PendingInteraction['next']> {
    try {
      return await this.decide(request, session, pending);
    } catch (error) {
      if (error instanceof RefusedRequest) return 'issue';
      throw error;
    }
  }

  /** Completes the pending request. Consent, grant and code are stored in the same transaction. */
  private async finish(
    pending: PendingRequest,
    request: AuthorizationRequest,
    browser: VisitingBrowser,
    withConsent: boolean,
    approved: boolean,
  ): Promise<AuthorizationResponse> {
    const { tenant, client, access } = request;
    const { session, origin } = browser;
    if (!session) throw new Error('Nobody is signed in.');
    const consent = { userId: session.user.id, clientId: client.clientId, access };
    return this.database.transaction(tenant.id, async (transaction) => {
      // These statements are sent together and executed in order. Their transaction is committed only if the first one
      // succeeds.
      const [completed, , , response] = await Promise.all([
        this.pending.complete(tenant.id, pending.id, transaction),
        withConsent && !client.firstParty && this.consents.approve(tenant.id, consent, transaction),
        approved && this.audit.recordWith(transaction, decided(request, browser, 'consent.granted')),
        this.issue(request, session, origin, transaction),
      ]);
      if (!completed) throw new PendingRequestGone();
      return response;
    });
  }

  private async issue(
    request: AuthorizationRequest,
    session: Session,
    origin: RequestOrigin,
    transaction?: Transaction,
  ): Promise<AuthorizationResponse> {
    try {
      return await this.issuer.issue(request, session, { origin, transaction });
    } catch (error) {
      if (error instanceof OAuthError) throw new RefusedRequest(request, error);
      throw error;
    }
  }

  /** The answer to a request that its client is told about, wherever on its way it is found to be wrong. */
  refuse({ request, error }: RefusedRequest, origin: RequestOrigin, userId?: string): Outcome {
    const { tenant, client } = request;
    const about = { clientId: client.clientId, userId };
    this.recordRefusal(tenant, origin, about, { error: error.code, reason: error.message });
    return { kind: 'respond', response: errorResponse(request, error) };
  }

  private recordRefusal(
    tenant: Tenant,
    origin: RequestOrigin,
    about: Pick<AuditEvent, 'clientId' | 'userId'>,
    details: Readonly<Record<string, unknown>>,
  ): void {
    const type = 'authorization.refused';
    this.refusals.record({ tenantId: tenant.id, type, outcome: 'failure', ...about, origin, details });
  }

  /**
   * Turns an error that belongs to the client into its answer. An error that is shown on our page is recorded in the
   * same way.
   */
  private async answering(
    tenant: Tenant,
    { origin, session }: Pick<VisitingBrowser, 'origin'> & Partial<VisitingBrowser>,
    params: OAuthParameters | undefined,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedRequest) return this.refuse(error, origin, session?.user.id);
      // The client or the user was deleted meanwhile, and the pending request with it.
      if (isForeignKeyViolation(error)) throw new PendingRequestGone();
      if (error instanceof OAuthError) {
        const unproven = params && (await this.validator.describeUnproven(tenant, params));
        const about = { clientId: unproven?.clientId, userId: session?.user.id };
        const details = { error: error.code, reason: error.message, ...unproven?.details };
        this.recordRefusal(tenant, origin, about, details);
      }
      throw error;
    }
  }
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
