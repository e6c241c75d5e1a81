import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isUuid } from '../crypto/uuid.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { digest, equalInConstantTime } from '../crypto/digest.js';
import { OAuthParameters } from '../oauth/parameters.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationValidator } from './authorization-validator.js';
import { PendingRequestExpired, PendingRequestGone } from './pending-request-errors.js';
import { type PendingRequest, PendingRequestsRepository } from './pending-requests.repository.js';

/** How long a person may take to sign in and decide. */
const LIFETIME_SECONDS = 1800;

/** The browser in front of us: its own secret, and the session it is signed in with. */
export interface VisitingBrowser {
  readonly secret: string;
  /** Secrets it was given by tabs that were opened at once, before it had one; as good as its own. */
  readonly otherSecrets: readonly string[];
  readonly session: Session | undefined;
  readonly origin: RequestOrigin;
}

/** A request that waits for a person, checked. */
export interface LoadedRequest {
  readonly pending: PendingRequest;
  readonly request: AuthorizationRequest;
}

/** Keeps authorization requests while somebody signs in or decides, and gives them to nobody but their browser. */
@Injectable()
export class PendingRequests {
  constructor(
    private readonly validator: AuthorizationValidator,
    private readonly repository: PendingRequestsRepository,
  ) {}

  /** `browserSecret`: absent when the browser's cookies stayed behind; it shows itself when it comes back. */
  async keep(request: AuthorizationRequest, browserSecret: string | undefined): Promise<PendingRequest> {
    const kept = {
      id: randomUUID(),
      clientId: request.client.clientId,
      parameters: request.params.entries(),
      browserDigest: browserSecret === undefined ? undefined : digest(browserSecret),
    };
    const lifetimeSeconds = LIFETIME_SECONDS;
    const createdAt = await this.repository.create(request.tenant.id, { ...kept, lifetimeSeconds });
    return { ...kept, createdAt, expired: false, completed: false };
  }

  /** @throws PendingRequestGone, PendingRequestExpired */
  async load(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<LoadedRequest> {
    const pending = await this.findOwn(tenant, requestId, browser);
    const params = paramsOf(pending);
    if (pending.expired) throw new PendingRequestExpired(requestId, await this.validator.prove(tenant, params));
    // Checked again: client, policy and APIs may have changed since.
    return { pending, request: await this.validator.validate(tenant, params) };
  }

  /** Its parameters, expired or not. @throws PendingRequestGone */
  async parametersOf(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<OAuthParameters> {
    return paramsOf(await this.findOwn(tenant, requestId, browser));
  }

  /** Only the browser that brought a request sees it; knowing its id is not enough. */
  private async findOwn(tenant: Tenant, requestId: string, browser: VisitingBrowser): Promise<PendingRequest> {
    const pending = isUuid(requestId) ? await this.repository.find(tenant.id, requestId) : undefined;
    if (!pending || pending.completed) throw new PendingRequestGone();
    const { browserDigest } = pending;
    const belongs = browserDigest
      ? [browser.secret, ...browser.otherSecrets].some((secret) => equalInConstantTime(browserDigest, digest(secret)))
      : await this.repository.bind(tenant.id, requestId, digest(browser.secret));
    if (!belongs) throw new PendingRequestGone();
    return pending;
  }
}

function paramsOf(pending: PendingRequest): OAuthParameters {
  return OAuthParameters.parse(new URLSearchParams(pending.parameters as [string, string][]).toString());
}
