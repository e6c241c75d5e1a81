import { Injectable } from '@nestjs/common';
import { estimateBytes } from '../database/memory-size.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { toTenantId } from '../database/tenant-id.js';
import { NO_QUOTAS } from '../limits/tenant-quotas.js';
import { withoutLogo } from './branding.js';
import { handoversOf, NO_HANDOVERS } from './signing-handover.js';
import type { AddressKind, Tenant } from './tenant.js';
import { type TenantAddress, TenantAddresses } from './tenant-addresses.js';
import type { TenantEntity } from './tenant.entity.js';
import { effectivePolicy } from './policy-inheritance.js';
import { clientLocksOf, NO_CLIENT_LOCKS } from './client-policy.js';
import { DEFAULT_POLICY } from './tenant-policy.js';
import { NO_TEXTS } from './tenant-texts.js';
import { NO_ATTRIBUTES } from './user-attributes.js';
import { TenantsRepository } from './tenants.repository.js';

/** Tenants that chose nothing share it. */
const SHARED: ReadonlySet<unknown> = new Set<unknown>([
  DEFAULT_POLICY,
  NO_HANDOVERS,
  NO_CLIENT_LOCKS,
  NO_TEXTS,
  NO_QUOTAS,
  NO_ATTRIBUTES,
]);

/** Finds the tenant of an address, from a cache that is invalidated when a tenant changes. */
@Injectable()
export class TenantResolver {
  private readonly tenants: TenantCache<Tenant>;

  constructor(
    private readonly repository: TenantsRepository,
    private readonly addresses: TenantAddresses,
    caches: TenantCaches,
  ) {
    this.tenants = caches.create<Tenant>({
      name: 'tenants',
      lifetimeSeconds: 300,
      load: (key) => this.load(key),
      sizeOf: (tenant) => estimateBytes(tenant, { has: (value) => SHARED.has(value) || repository.isShared(value) }),
      // One announcement for all that inherit it; each is read again when it is asked for.
      changesAll: ({ table }) => table === 'policy_layers',
      keysOf: ({ table, key }) => (table === 'tenants' ? [`path:${key}`, `host:${key}`] : []),
    });
  }

  /** Undefined for an unknown tenant and for a suspended one alike. */
  find(address: TenantAddress): Tenant | undefined | Promise<Tenant | undefined> {
    return this.tenants.find(`${address.kind}:${address.slug}`);
  }

  private async load(key: string): Promise<Tenant | undefined> {
    const [kind, slug] = key.split(':') as [AddressKind, string];
    const entity = await this.repository.findBySlug(slug);
    return entity?.status === 'active' ? this.view(entity, kind) : undefined;
  }

  /** An active tenant seen at one of its addresses. */
  view(entity: TenantEntity, kind: AddressKind): Tenant {
    const policy = effectivePolicy(entity);
    return {
      id: toTenantId(entity.id),
      slug: entity.slug,
      displayName: entity.displayName,
      policy,
      clientLocks: clientLocksOf(entity),
      handovers: handoversOf(entity, policy),
      branding: withoutLogo(entity.branding),
      quotas: Object.keys(entity.quotas).length === 0 ? NO_QUOTAS : entity.quotas,
      texts: Object.keys(entity.texts).length === 0 ? NO_TEXTS : entity.texts,
      userAttributes: entity.userAttributes.length === 0 ? NO_ATTRIBUTES : entity.userAttributes,
      addressKind: kind,
      issuer: this.addresses.issuer({ kind, slug: entity.slug }),
    };
  }
}
