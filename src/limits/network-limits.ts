import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { TenantId } from '../database/tenant-id.js';
import { TooManyAttemptsError } from '../oauth/oauth-error.js';
import { FailureLimit, type FailureRates } from './failure-limit.js';
import { NETWORKS_OF_SITE, networkOf, siteOf } from './network.js';
import { type Rate, TokenBuckets, multiplied } from './token-buckets.js';

/** What is limited by network, before anything is stored. */
export interface NetworkLimitRates {
  /**
   * Bytes of authorization requests that wait for somebody: of strangers of one network, at one tenant and at all of them,
   * and of one person who is signed in, wherever they are.
   */
  readonly pendingRequests: { readonly tenant: Rate; readonly allTenants: Rate; readonly user: Rate };
  /** Mails for people who forgot something, asked for at one tenant. */
  readonly recovery: Rate;
  readonly clientAuthentication: FailureRates;
  /** Refused requests to the token endpoint: of clients that proved who they are, and of public ones. */
  readonly confidentialClients: FailureRates;
  readonly publicClients: FailureRates;
  /** Sign-ups that are begun: from one network at one tenant, at all of them, and from everywhere at one tenant. */
  readonly signUps: { readonly tenant: Rate; readonly allTenants: Rate; readonly everywhere: Rate };
}

const KB = 1024;

/**
 * A usual authorization request takes some 600 bytes: an office behind one address may begin 800 sign-ins at once and
 * three more every second; a stranger stores 4 MB in the half hour that a request is kept.
 */
export const NETWORK_LIMIT_RATES: NetworkLimitRates = {
  pendingRequests: {
    tenant: { burst: 512 * KB, perSecond: 2 * KB },
    allTenants: { burst: 2048 * KB, perSecond: 8 * KB },
    user: { burst: 512 * KB, perSecond: 2 * KB },
  },
  recovery: { burst: 30, perSecond: 0.1 },
  clientAuthentication: {
    subject: { burst: 100, perSecond: 1 },
    network: { burst: 300, perSecond: 5 },
  },
  confidentialClients: {
    subject: { burst: 1500, perSecond: 25 },
    network: { burst: 6000, perSecond: 100 },
  },
  publicClients: {
    subject: { burst: 300, perSecond: 5 },
    network: { burst: 600, perSecond: 10 },
  },
  // A class of pupils may sign up at once. What everybody together may store is some 300 MB a day.
  signUps: {
    tenant: { burst: 60, perSecond: 0.1 },
    allTenants: { burst: 240, perSecond: 0.4 },
    everywhere: { burst: 1000, perSecond: 2 },
  },
};

/** Injection token of the rates. */
export const NETWORK_LIMITS = Symbol('NetworkLimits');

export type LimitName = 'pending_requests' | 'client_authentication' | 'token_requests' | 'recovery' | 'sign_ups';

/** Buckets, and whose of them. */
type Taken = readonly [TokenBuckets, string];

const MAX_TOLD = 10_000;
const TOLD_FOR_MS = 600_000;
const LONGEST_WAIT_SECONDS = 900;

/**
 * Rate limits by network (an IPv4 address, 64 bits of an IPv6 address) and tenant. The 48 bits that a site of IPv6 is
 * given may do four times as much as one network, or whoever has them would have 65,536 networks. They are counted in the memory of
 * each process: with n processes a network may do up to n times as much.
 */
@Injectable()
export class NetworkLimits {
  /** Requests that were refused by each limit since the process started. */
  readonly refused: Record<LimitName, number> = {
    pending_requests: 0,
    client_authentication: 0,
    token_requests: 0,
    sign_ups: 0,
    recovery: 0,
  };
  private readonly clientAuthentication: FailureLimit;
  private readonly confidentialClients: FailureLimit;
  private readonly publicClients: FailureLimit;
  private readonly recovery: TokenBuckets;
  private readonly recoveryOfSite: TokenBuckets;
  private readonly pending: TokenBuckets;
  private readonly pendingAnywhere: TokenBuckets;
  private readonly pendingOfSite: TokenBuckets;
  private readonly pendingOfUser: TokenBuckets;
  private readonly signUps: TokenBuckets;
  private readonly signUpsAnywhere: TokenBuckets;
  private readonly signUpsOfSite: TokenBuckets;
  private readonly signUpsOfTenant: TokenBuckets;
  /** Networks whose slowing was recorded lately. */
  private readonly told = new LRUCache<string, true>({ max: MAX_TOLD, ttl: TOLD_FOR_MS });

  constructor(
    @Inject(NETWORK_LIMITS) rates: NetworkLimitRates,
    private readonly audit: AuditRecorder,
  ) {
    this.pending = new TokenBuckets(rates.pendingRequests.tenant);
    this.pendingAnywhere = new TokenBuckets(rates.pendingRequests.allTenants);
    this.pendingOfSite = new TokenBuckets(multiplied(rates.pendingRequests.allTenants, NETWORKS_OF_SITE));
    this.pendingOfUser = new TokenBuckets(rates.pendingRequests.user);
    this.signUps = new TokenBuckets(rates.signUps.tenant);
    this.signUpsAnywhere = new TokenBuckets(rates.signUps.allTenants);
    this.signUpsOfSite = new TokenBuckets(multiplied(rates.signUps.allTenants, NETWORKS_OF_SITE));
    this.signUpsOfTenant = new TokenBuckets(rates.signUps.everywhere);
    this.recovery = new TokenBuckets(rates.recovery);
    this.recoveryOfSite = new TokenBuckets(multiplied(rates.recovery, NETWORKS_OF_SITE));
    this.clientAuthentication = new FailureLimit(rates.clientAuthentication);
    this.confidentialClients = new FailureLimit(rates.confidentialClients);
    this.publicClients = new FailureLimit(rates.publicClients);
  }

  /**
   * The same for somebody who is signed in. They are not counted for their network, where others may be strangers; but
   * anybody can sign up where a tenant lets them. @throws TooManyAttemptsError
   */
  takePendingRequestOfUser(tenantId: TenantId, userId: string, origin: RequestOrigin, bytes: number): void {
    const key = `${tenantId}\n${userId}`;
    this.refuseFor(this.pendingOfUser.waitSeconds(key, bytes), 'pending_requests', tenantId, origin);
    this.pendingOfUser.take(key, bytes);
  }

  /** Before an authorization request of this size is stored. @throws TooManyAttemptsError */
  takePendingRequest(tenantId: TenantId, origin: RequestOrigin, bytes: number): void {
    const network = networkOf(origin.address);
    const site = siteOf(origin.address);
    const taken: Taken[] = [
      [this.pending, `${tenantId}\n${network}`],
      [this.pendingAnywhere, network],
    ];
    if (site !== undefined) taken.push([this.pendingOfSite, site]);
    this.take('pending_requests', taken, tenantId, origin, bytes);
  }

  /** Before a sign-up is judged, hashed, stored and mailed. @throws TooManyAttemptsError */
  takeSignUp(tenantId: TenantId, origin: RequestOrigin): void {
    const network = networkOf(origin.address);
    const site = siteOf(origin.address);
    const taken: Taken[] = [
      [this.signUps, `${tenantId}\n${network}`],
      [this.signUpsAnywhere, network],
      [this.signUpsOfTenant, tenantId],
    ];
    if (site !== undefined) taken.push([this.signUpsOfSite, site]);
    this.take('sign_ups', taken, tenantId, origin);
  }

  /** Before a mail for somebody who forgot something is looked up. @throws TooManyAttemptsError */
  takeRecovery(tenantId: TenantId, origin: RequestOrigin): void {
    const site = siteOf(origin.address);
    const taken: Taken[] = [[this.recovery, `${tenantId}\n${networkOf(origin.address)}`]];
    if (site !== undefined) taken.push([this.recoveryOfSite, `${tenantId}\n${site}`]);
    this.take('recovery', taken, tenantId, origin);
  }

  /** The limit of clients that try to prove who they are. */
  forClientAuthentication(tenantId: TenantId, origin: RequestOrigin, clientId: string): Attempts {
    return this.attempts(this.clientAuthentication, 'client_authentication', tenantId, origin, clientId);
  }

  /** The limit of requests to the token endpoint. */
  forTokenRequests(
    tenantId: TenantId,
    origin: RequestOrigin,
    client: { readonly clientId: string; readonly isConfidential: boolean },
  ): Attempts {
    const limit = client.isConfidential ? this.confidentialClients : this.publicClients;
    return this.attempts(limit, 'token_requests', tenantId, origin, client.clientId);
  }

  /** From every bucket, when each of them has enough. */
  private take(limit: LimitName, taken: readonly Taken[], tenantId: TenantId, origin: RequestOrigin, amount = 1): void {
    const wait = Math.max(...taken.map(([buckets, key]) => buckets.waitSeconds(key, amount)));
    this.refuseFor(wait, limit, tenantId, origin);
    for (const [buckets, key] of taken) buckets.take(key, amount);
  }

  private attempts(
    limit: FailureLimit,
    name: LimitName,
    tenantId: TenantId,
    origin: RequestOrigin,
    subject: string,
  ): Attempts {
    const site = siteOf(origin.address);
    const failing = {
      network: `${tenantId}\n${networkOf(origin.address)}`,
      site: site && `${tenantId}\n${site}`,
      subject,
    };
    return {
      begin: () => this.refuseFor(limit.before(failing), name, tenantId, origin),
      failed: (weight) => this.refuseFor(limit.failed(failing, weight), name, tenantId, origin),
      succeeded: () => limit.succeeded(failing),
    };
  }

  private refuseFor(waitSeconds: number, limit: LimitName, tenantId: TenantId, origin: RequestOrigin): void {
    if (waitSeconds <= 0) return;
    this.refused[limit] += 1;
    this.tell(limit, tenantId, origin);
    const retryAfterSeconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(waitSeconds));
    throw new TooManyAttemptsError(`Too many requests from this network; try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }

  /** Records that a network is rate limited: once in a while, and not for each request. */
  private tell(limit: LimitName, tenantId: TenantId, origin: RequestOrigin): void {
    const key = `${limit}\n${tenantId}\n${siteOf(origin.address) ?? networkOf(origin.address)}`;
    if (this.told.has(key)) return;
    this.told.set(key, true);
    this.audit.record({ tenantId, type: 'network.slowed', outcome: 'failure', origin, details: { limit } });
  }
}

/** One attempt as a rate limit counts it. */
export interface Attempts {
  /** @throws TooManyAttemptsError when it is not tried at all */
  begin(): void;
  /** @throws TooManyAttemptsError instead of the failure, when there were too many */
  failed(weight?: number): void;
  succeeded(): void;
}
