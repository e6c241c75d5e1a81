import type { RegistrationWarning } from '../../oauth/registration-warning.js';
import { chosenPolicy, effectivePolicy } from '../../tenants/tenant-policy.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';

/** @param warnings only in the answer to a write */
export function tenantView(
  tenant: TenantEntity,
  issuers: readonly string[],
  warnings: readonly RegistrationWarning[] = [],
): View {
  const { texts, ...branding } = tenant.branding;
  const [issuer] = issuers;
  return {
    id: tenant.id,
    slug: tenant.slug,
    display_name: tenant.displayName,
    status: tenant.status,
    ...(tenant.deletionId !== null && {
      deletion_id: tenant.deletionId,
      deletion_scheduled_for: tenant.deletionDueAt,
    }),
    issuer,
    addresses: issuers,
    policy: toWire(chosenPolicy(tenant.policy)),
    effective_policy: withoutNull(toWire(effectivePolicy(tenant.policy))),
    branding: {
      ...toWire(branding),
      ...(texts && { texts: Object.fromEntries(Object.entries(texts).map(([tag, text]) => [tag, toWire(text)])) }),
    },
    created_at: tenant.createdAt,
    updated_at: tenant.updatedAt,
    ...(warnings.length > 0 && { warnings }),
  };
}

/** A policy that has no default is left out until the tenant sets it. */
function withoutNull(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}
