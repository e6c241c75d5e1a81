import type { RegistrationWarning } from '../../oauth/registration-warning.js';
import type { Branding } from '../../tenants/branding.js';
import { effectivePolicy } from '../../tenants/policy-inheritance.js';
import { type TenantPolicy, chosenPolicy } from '../../tenants/tenant-policy.js';
import type { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';
import { namesOfLocks } from './policy-members.js';

/** @param warnings only in the answer to a write */
export function tenantView(
  tenant: TenantEntity,
  addressBook: TenantAddresses,
  warnings: readonly RegistrationWarning[] = [],
): View {
  const issuers = addressBook.issuers(tenant);
  const former = (tenant.addresses.formerSlugs ?? []).filter(({ reservedUntil }) => reservedUntil > Date.now());
  return {
    id: tenant.id,
    slug: tenant.slug,
    display_name: tenant.displayName,
    status: tenant.status,
    ...(tenant.deletionId !== null && {
      deletion_id: tenant.deletionId,
      deletion_scheduled_for: tenant.deletionDueAt,
    }),
    issuer: issuers[0],
    addresses: issuers,
    former_slugs: former.map(({ slug, answersUntil, reservedUntil }) => ({
      slug,
      addresses: answersUntil > Date.now() ? addressBook.issuersOfSlug(slug) : [],
      answers_until: new Date(answersUntil),
      reserved_until: new Date(reservedUntil),
    })),
    ...(tenant.inherited.template && { policy_template: tenant.inherited.template.name }),
    ...(tenant.policyLocks.length > 0 && { policy_locks: namesOfLocks(tenant.policyLocks) }),
    policy: toWire(chosenPolicy(tenant.policy)),
    effective_policy: policyView(effectivePolicy(tenant)),
    branding: brandingView(tenant.branding),
    created_at: tenant.createdAt,
    updated_at: tenant.updatedAt,
    ...(warnings.length > 0 && { warnings }),
  };
}

export function brandingView({ texts, ...branding }: Branding): Record<string, unknown> {
  return {
    ...toWire(branding),
    ...(texts && { texts: Object.fromEntries(Object.entries(texts).map(([tag, text]) => [tag, toWire(text)])) }),
  };
}

/** A whole policy. A member that has no default is left out until somebody sets it. */
export function policyView(policy: TenantPolicy): Record<string, unknown> {
  return Object.fromEntries(Object.entries(toWire(policy)).filter(([, value]) => value !== null));
}
