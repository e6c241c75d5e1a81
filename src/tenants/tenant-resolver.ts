import { Injectable } from '@nestjs/common';
import { type Change, ChangeFeed, type ChangeListener } from '../database/change-feed.js';
import { LookupCache } from '../database/lookup-cache.js';
import { toTenantId } from '../database/tenant-id.js';
import { withoutLogo } from './branding.js';
import type { AddressKind, Tenant } from './tenant.js';
import { type TenantAddress, TenantAddresses } from './tenant-addresses.js';
import type { TenantEntity } from './tenant.entity.js';
import { effectivePolicy } from './tenant-policy.js';
import { TenantsRepository } from './tenants.repository.js';

/** The tenant behind an address, from a bounded cache that hears of changes. */
@Injectable()
export class TenantResolver implements ChangeListener {
  private readonly tenants = new LookupCache<Tenant>({
    maxEntries: 16_384,
    lifetimeSeconds: 300,
    load: (key) => this.load(key),
  });

  constructor(
    private readonly repository: TenantsRepository,
    private readonly addresses: TenantAddresses,
    changes: ChangeFeed,
  ) {
    changes.subscribe(this);
  }

  /** Undefined for an unknown tenant and for a suspended one alike. */
  find(address: TenantAddress): Tenant | undefined | Promise<Tenant | undefined> {
    return this.tenants.find(`${address.kind}:${address.slug}`);
  }

  changed({ table, key }: Change): void {
    if (table !== 'tenants') return;
    this.tenants.invalidate(`path:${key}`);
    this.tenants.invalidate(`host:${key}`);
  }

  missed(): void {
    this.tenants.clear();
  }

  private async load(key: string): Promise<Tenant | undefined> {
    const [kind, slug] = key.split(':') as [AddressKind, string];
    const entity = await this.repository.findBySlug(slug);
    return entity?.status === 'active' ? this.view(entity, kind) : undefined;
  }

  /** An active tenant seen at one of its addresses. */
  view(entity: TenantEntity, kind: AddressKind): Tenant {
    return {
      id: toTenantId(entity.id),
      slug: entity.slug,
      displayName: entity.displayName,
      policy: effectivePolicy(entity.policy),
      branding: withoutLogo(entity.branding),
      addressKind: kind,
      issuer: this.addresses.issuer({ kind, slug: entity.slug }),
    };
  }
}
