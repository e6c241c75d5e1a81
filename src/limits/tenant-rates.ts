import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { TenantId } from '../database/tenant-id.js';
import { TooManyAttemptsError } from '../oauth/oauth-error.js';
import { DefaultQuotas } from './default-quotas.js';
import { RateLease } from './rate-lease.js';
import { RefusalRecorder } from './refusal-recorder.js';
import { type LimitedTenant, PERIOD_SECONDS, type RateName, type RateQuota, effectiveQuota } from './tenant-quotas.js';
import { TenantRatesRepository } from './tenant-rates.repository.js';

/** Rates of tenants that this process remembers: some 5 MB. What was used longest ago goes first, with its lease. */
const MAX_LEASES = 10_000;

/** Names of the policies in `RateLimit` and `RateLimit-Policy`, and in the API. */
export const RATE_WIRE_NAMES: Readonly<Record<RateName, string>> = {
  tokenRequests: 'token_requests',
  signIns: 'sign_ins',
  managementCalls: 'management_calls',
};

/** The tenant as a whole did too much: RFC 6585 §4. */
export class TenantRateExceededError extends TooManyAttemptsError {
  /** `RateLimit-Policy` and `RateLimit`, draft-ietf-httpapi-ratelimit-headers §3 and §4. */
  readonly fields: readonly (readonly [string, string])[];

  constructor(name: RateName, { limit, per }: RateQuota, waitSeconds: number) {
    const retryAfterSeconds = Math.max(1, Math.ceil(waitSeconds));
    const policy = RATE_WIRE_NAMES[name];
    super(
      `This tenant has reached its limit of ${limit} ${policy} a ${per}; try again in ${retryAfterSeconds} s. ` +
        'The operator of the platform can raise it.',
      { retryAfterSeconds },
    );
    this.fields = [
      ['RateLimit-Policy', `"${policy}";q=${limit};w=${PERIOD_SECONDS[per]}`],
      ['RateLimit', `"${policy}";r=0;t=${retryAfterSeconds}`],
    ];
  }
}

type Limited = LimitedTenant<TenantId>;

/**
 * Rate limits of tenants, over all processes together. A tenant without a limit costs nothing here, and one at its limit
 * is refused without a statement.
 */
@Injectable()
export class TenantRates {
  /** Requests that were refused by each limit since the process started. */
  readonly refused: Record<RateName, number> = { tokenRequests: 0, signIns: 0, managementCalls: 0 };
  /** Leases that the database did not give in time. */
  failures = 0;
  private readonly leases = new LRUCache<string, RateLease>({ max: MAX_LEASES });

  constructor(
    private readonly repository: TenantRatesRepository,
    private readonly defaults: DefaultQuotas,
    private readonly refusals: RefusalRecorder,
  ) {}

  /** Rates of tenants that are in memory. */
  get size(): number {
    return this.leases.size;
  }

  /**
   * Before anything that costs: whether the limit is known to be reached. It takes nothing.
   * @throws TenantRateExceededError
   */
  check(tenant: Limited, name: RateName): void {
    const quota = effectiveQuota(tenant, this.defaults.current, name);
    const lease = quota && this.leases.get(keyOf(tenant, name));
    if (lease && isSame(lease.quota, quota)) this.refuseFor(lease.waitSeconds, tenant, name, quota);
  }

  /**
   * Takes one; undefined when it was there at once.
   * @throws TenantRateExceededError, also as a rejection
   */
  take(tenant: Limited, name: RateName): Promise<void> | undefined {
    const quota = effectiveQuota(tenant, this.defaults.current, name);
    if (!quota) return undefined;
    const wait = this.leaseOf(tenant, name, quota).take();
    if (typeof wait === 'number') {
      this.refuseFor(wait, tenant, name, quota);
      return undefined;
    }
    return wait.then((seconds) => this.refuseFor(seconds, tenant, name, quota));
  }

  /** A limit that was changed begins with an empty lease; the shared bucket stays as it is. */
  private leaseOf({ id, slug, quotas }: Limited, name: RateName, quota: RateQuota): RateLease {
    const key = keyOf({ id, slug, quotas }, name);
    const known = this.leases.get(key);
    if (known && isSame(known.quota, quota)) return known;
    const made = new RateLease(quota, {
      ask: (request) => this.repository.lease(id, name, quota, request),
      failed: () => (this.failures += 1),
    });
    this.leases.set(key, made);
    return made;
  }

  /** It is recorded for the tenant as a whole, wherever it came from: `RefusalRecorder` sums up by network otherwise. */
  private refuseFor(waitSeconds: number, { id }: Limited, name: RateName, quota: RateQuota): void {
    if (waitSeconds <= 0) return;
    this.refused[name] += 1;
    const { limit, per } = quota;
    const details = { limit: RATE_WIRE_NAMES[name], allowed: limit, per };
    const event = { tenantId: id, type: 'tenant.rate_limited', outcome: 'failure', details } as const;
    this.refusals.record(event, `${event.type} ${name}`);
    throw new TenantRateExceededError(name, quota, waitSeconds);
  }
}

function keyOf({ id }: Limited, name: RateName): string {
  return `${name}\n${id}`;
}

function isSame(a: RateQuota, b: RateQuota): boolean {
  return a === b || (a.limit === b.limit && a.per === b.per && a.burst === b.burst);
}
