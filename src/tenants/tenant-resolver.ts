import { Injectable } from '@nestjs/common';
import { estimateBytes } from '../database/memory-size.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { toTenantId } from '../database/tenant-id.js';
import { NO_QUOTAS } from '../limits/tenant-quotas.js';
import { withinSenderLocks } from './branding-sender.js';
import { withoutImages } from './branding.js';
import { handoversOf, NO_HANDOVERS } from './signing-handover.js';
import { DomainDirectory } from './domain-directory.js';
import type { Tenant } from './tenant.js';
import type { TenantAddress } from './tenant-address.js';
import { TenantAddresses } from './tenant-addresses.js';
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
    private readonly domains: DomainDirectory,
    caches: TenantCaches,
  ) {
    this.tenants = caches.create<Tenant>({
      name: 'tenants',
      lifetimeSeconds: 300,
      load: (key) => this.load(key),
      sizeOf: (tenant) => estimateBytes(tenant, { has: (value) => SHARED.has(value) || repository.isShared(value) }),
      // One announcement for all that inherit it; each is read again when it is asked for.
      changesAll: ({ table }) => table === 'policy_layers',
      keysOf: ({ table, key }) => (table === 'tenants' ? [`path:${key}`, `host:${key}`, `domain:${key}`] : []),
    });
  }

  /** Undefined for an unknown tenant and for a suspended one alike. */
  find(address: TenantAddress): Tenant | undefined | Promise<Tenant | undefined> {
    const key = `${address.kind}:${address.kind === 'domain' ? address.domain : address.slug}`;
    const found = this.tenants.find(key);
    if (found === undefined || found instanceof Promise || found.validUntil > Date.now()) return found;
    // A former slug of it answers no longer since it was read.
    this.tenants.invalidate(key);
    return this.tenants.find(key);
  }

  private async load(key: string): Promise<Tenant | undefined> {
    const [kind, name] = key.split(':') as [TenantAddress['kind'], string];
    const entity = await (kind === 'domain' ? this.findByDomain(name) : this.repository.findByAnySlug(name));
    if (entity?.status !== 'active' || !isAddressOf(entity, kind, name)) return undefined;
    return this.view(entity, kind === 'domain' ? { kind, domain: name } : { kind, slug: name });
  }

  private async findByDomain(domain: string): Promise<TenantEntity | undefined> {
    const owner = await this.domains.find(domain);
    return owner && this.repository.findById(owner.id);
  }

  /** An active tenant seen at one of its addresses. Without an address: at the one that it shows people who are elsewhere. */
  view(entity: TenantEntity, address: TenantAddress = this.addresses.primary(entity)): Tenant {
    const policy = effectivePolicy(entity);
    const { formerSlugs = [] } = entity.addresses;
    const ends = formerSlugs.map(({ answersUntil }) => answersUntil).filter((time) => time > Date.now());
    return {
      id: toTenantId(entity.id),
      slug: entity.slug,
      displayName: entity.displayName,
      policy,
      clientLocks: clientLocksOf(entity),
      handovers: handoversOf(entity, policy),
      branding: withinSenderLocks(withoutImages(entity.branding), entity.inherited.locks),
      quotas: Object.keys(entity.quotas).length === 0 ? NO_QUOTAS : entity.quotas,
      texts: Object.keys(entity.texts).length === 0 ? NO_TEXTS : entity.texts,
      userAttributes: entity.userAttributes.length === 0 ? NO_ATTRIBUTES : entity.userAttributes,
      addressKind: address.kind,
      addressSlug: address.kind === 'domain' ? entity.slug : address.slug,
      issuer: this.addresses.issuer(address),
      issuers: this.addresses.issuers(entity),
      validUntil: Math.min(Infinity, ...ends),
    };
  }
}

/** By the clock of this process, which also says which issuers the tenant has. */
function isAddressOf({ slug, addresses }: TenantEntity, kind: TenantAddress['kind'], name: string): boolean {
  if (kind === 'domain' || name === slug) return true;
  const former = addresses.formerSlugs?.find((one) => one.slug === name);
  return former !== undefined && former.answersUntil > Date.now();
}
