import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isUuid } from '../crypto/uuid.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { digest, equalInConstantTime } from '../crypto/digest.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { InvalidRequestError } from '../oauth/oauth-error.js';
import { OAuthParameters } from '../oauth/parameters.js';
import type { HeldSession } from '../sessions/held-session.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationValidator, RefusedRequest } from './authorization-validator.js';
import { PendingRequestAnswered, PendingRequestExpired, PendingRequestGone } from './pending-request-errors.js';
import { type PendingRequest, PendingRequestsRepository } from './pending-requests.repository.js';

/** How long a person may take to sign in and decide. */
const LIFETIME_SECONDS = 1800;
/** The parameters of a request together may take this many bytes. State and nonce may be long within it. */
const MAX_KEPT_BYTES = 16_384;
/** A row without its parameters. */
const ROW_BYTES = 256;

/** Parameters that mean something here. Others are ignored (RFC 6749 §3.1), and so not kept. */
const KEPT = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'resource',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'display',
  'max_age',
  'acr_values',
  'claims',
  'id_token_hint',
  'login_hint',
  'ui_locales',
];

/** The browser that sent a request: its secret, and the session it is signed in with. */
export interface VisitingBrowser {
  readonly secret: string;
  /**
   * Secrets that tabs of this browser got when they were opened at once, before the browser had a cookie. They are
   * accepted like its own.
   */
  readonly otherSecrets: readonly string[];
  readonly session: Session | undefined;
  /** The other accounts that it is signed in with (policy `accounts_per_browser`). */
  readonly others?: readonly HeldSession[];
  readonly origin: RequestOrigin;
}

/** A request that waits for a person, checked. */
export interface LoadedRequest {
  readonly pending: PendingRequest;
  readonly request: AuthorizationRequest;
}

/** Whose a pending request is. */
export interface PendingOwner {
  readonly id: string;
  readonly clientId: string;
  /** It belongs to the browser that asks. */
  readonly isOwn: boolean;
}

/**
 * Keeps authorization requests while the person signs in or decides. Only the browser that sent a request can continue
 * it.
 */
@Injectable()
export class PendingRequests {
  private readonly kept: ReadonlySet<string>;

  constructor(
    private readonly validator: AuthorizationValidator,
    private readonly repository: PendingRequestsRepository,
    private readonly limits: NetworkLimits,
  ) {
    this.kept = new Set([...KEPT, ...validator.ownParameters]);
  }

  /**
   * Stores a request. `secret` is absent when the request came without the browser's cookies; the browser is bound to
   * the request when it comes back with them. Requests of signed-in users are not counted for the rate limit of their
   * network, but for the user.
   * @throws TooManyAttemptsError when strangers of this network, or this user, began too many
   * @throws RefusedRequest when there is too much to keep
   */
  async keep(
    request: AuthorizationRequest,
    { secret, session, origin }: Pick<VisitingBrowser, 'origin'> & Partial<VisitingBrowser>,
  ): Promise<PendingRequest> {
    const parameters = request.params.entries().filter(([name]) => this.kept.has(name));
    const bytes = Buffer.byteLength(JSON.stringify(parameters));
    if (bytes > MAX_KEPT_BYTES)
      throw new RefusedRequest(
        request,
        new InvalidRequestError(`The parameters are longer than ${MAX_KEPT_BYTES} bytes.`),
      );
    const { id: tenantId } = request.tenant;
    if (session) this.limits.takePendingRequestOfUser(tenantId, session.user.id, origin, ROW_BYTES + bytes);
    else this.limits.takePendingRequest(tenantId, origin, ROW_BYTES + bytes);
    const kept = {
      id: randomUUID(),
      clientId: request.client.clientId,
      parameters,
      browserDigest: secret === undefined ? undefined : digest(secret),
    };
    const lifetimeSeconds = LIFETIME_SECONDS;
    const createdAt = await this.repository.create(request.tenant.id, { ...kept, lifetimeSeconds });
    return { ...kept, createdAt, expired: false, answer: undefined };
  }

  /** A request that waits for an answer. @throws PendingRequestGone, PendingRequestExpired, PendingRequestAnswered */
  async load(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<LoadedRequest> {
    const loaded = await this.loadAny(tenant, requestId, browser);
    if (loaded.pending.answer) throw new PendingRequestAnswered();
    return loaded;
  }

  /** A request that waits, or was answered. @throws PendingRequestGone, PendingRequestExpired */
  async loadAny(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<LoadedRequest> {
    const pending = await this.findOwn(tenant, requestId, browser);
    const params = paramsOf(pending);
    if (pending.expired && !pending.answer) {
      throw new PendingRequestExpired(requestId, await this.validator.prove(tenant, params));
    }
    // Checked again: client, policy and APIs may have changed since.
    return { pending, request: await this.validator.validate(tenant, params) };
  }

  /** Its parameters, expired or not. @throws PendingRequestGone */
  async parametersOf(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<OAuthParameters> {
    return paramsOf(await this.findOwn(tenant, requestId, browser));
  }

  /** Which client a request came from, for the way back there; changes nothing. */
  async findOwner(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<PendingOwner | undefined> {
    const pending = isUuid(requestId) ? await this.repository.find(tenant.id, requestId) : undefined;
    return pending && { id: pending.id, clientId: pending.clientId, isOwn: isBoundTo(pending, browser) };
  }

  /** Only the browser that brought a request sees it; knowing its id is not enough. */
  private async findOwn(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<PendingRequest> {
    const pending = isUuid(requestId) ? await this.repository.find(tenant.id, requestId) : undefined;
    if (!pending) throw new PendingRequestGone();
    const belongs = pending.browserDigest
      ? isBoundTo(pending, browser)
      : await this.repository.bind(tenant.id, requestId, digest(browser.secret));
    if (!belongs) throw new PendingRequestGone();
    return pending;
  }
}

function isBoundTo({ browserDigest }: PendingRequest, { secret, otherSecrets }: VisitingBrowser): boolean {
  if (!browserDigest) return false;
  return [secret, ...otherSecrets].some((each) => equalInConstantTime(browserDigest, digest(each)));
}

function paramsOf(pending: PendingRequest): OAuthParameters {
  return OAuthParameters.parse(new URLSearchParams(pending.parameters as [string, string][]).toString());
}
