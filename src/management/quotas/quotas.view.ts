import {
  QUOTA_NAMES,
  RATE_NAMES,
  type RateName,
  type TenantQuotas,
  effectiveQuota,
} from '../../limits/tenant-quotas.js';
import type { TenantUsage } from '../../limits/tenant-rates.repository.js';
import { burstOf, perSecondOf } from '../../limits/leaky-bucket.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';

/** What was set, what holds, and what is used of it. */
export function quotasView(tenant: TenantEntity, defaults: TenantQuotas, usage: TenantUsage): View {
  const effective = QUOTA_NAMES.map((name) => [name, effectiveQuota(tenant, defaults, name) ?? null]);
  return {
    quotas: toWire(tenant.quotas),
    effective_quotas: toWire(Object.fromEntries(effective) as object),
    used: usage.counted,
    available: toWire(Object.fromEntries(RATE_NAMES.map((name) => [name, availableOf(name, tenant, defaults, usage)]))),
  };
}

function availableOf(
  name: RateName,
  tenant: TenantEntity,
  defaults: TenantQuotas,
  { rates }: TenantUsage,
): number | null {
  const quota = effectiveQuota(tenant, defaults, name);
  if (!quota) return null;
  const { level, secondsAgo } = rates.get(name) ?? { level: 0, secondsAgo: 0 };
  const out = Math.max(0, level - secondsAgo * perSecondOf(quota));
  return Math.max(0, Math.floor(burstOf(quota) - out));
}
