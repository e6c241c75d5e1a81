import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';

/** What a tenant may have at most; counted in the transaction that makes one more. */
export const COUNTED_RESOURCES = ['users', 'clients', 'apis'] as const;
export type CountedResource = (typeof COUNTED_RESOURCES)[number];

/** What a tenant may do at most in a time. */
export const RATE_NAMES = ['tokenRequests', 'signIns', 'managementCalls'] as const;
export type RateName = (typeof RATE_NAMES)[number];

export const PERIOD_SECONDS = { second: 1, minute: 60, hour: 3600 } as const;
export type Period = keyof typeof PERIOD_SECONDS;

/** In place of a limit: none, whatever the default says. */
export const UNLIMITED = 'unlimited';
export type Unlimited = typeof UNLIMITED;

/** `limit` in each `per`, and `burst` at once; without it as many as `limit`. */
export interface RateQuota {
  readonly limit: number;
  readonly per: Period;
  readonly burst?: number;
}

/** The limits that were set. What is absent has the default. */
export type TenantQuotas = {
  readonly [Resource in CountedResource]?: number | Unlimited;
} & { readonly [Name in RateName]?: RateQuota | Unlimited } & {
  readonly mailsPerHour?: number | Unlimited;
};

export const QUOTA_NAMES = [...COUNTED_RESOURCES, 'mailsPerHour', ...RATE_NAMES] as const;
export type QuotaName = (typeof QUOTA_NAMES)[number];

/** A tenant that has no limits of its own. */
export const NO_QUOTAS: TenantQuotas = {};

/** What the limits depend on. */
export interface LimitedTenant<Id = unknown> {
  readonly id: Id;
  readonly slug: string;
  readonly quotas: TenantQuotas;
}

/** The limit that holds; undefined when there is none. The operators' tenant has none: its row has the defaults. */
export function effectiveQuota<Name extends QuotaName>(
  { slug, quotas }: Pick<LimitedTenant, 'slug' | 'quotas'>,
  defaults: TenantQuotas,
  name: Name,
): Exclude<TenantQuotas[Name], Unlimited> | undefined {
  const quota = quotas[name] ?? defaults[name];
  return slug === SYSTEM_TENANT_SLUG || quota === UNLIMITED
    ? undefined
    : (quota as Exclude<TenantQuotas[Name], Unlimited> | undefined);
}
