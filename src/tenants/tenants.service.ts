import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Alongside } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { KeyRotation } from '../keys/key-rotation.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { TenantEntity } from './tenant.entity.js';
import { effectivePolicy } from './tenant-policy.js';
import { type NewTenant, type TenantChanges, TenantsRepository } from './tenants.repository.js';

/** Onboarding and change of tenants. */
@Injectable()
export class TenantsService {
  constructor(
    private readonly database: Database,
    private readonly repository: TenantsRepository,
    private readonly rotation: KeyRotation,
    private readonly vault: TenantVault,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * A tenant with its data key and its first signing keys, all or nothing.
   * @throws a unique violation when the slug is taken
   */
  async create(tenant: Omit<NewTenant, 'id'>, alongside?: (id: TenantId) => Alongside): Promise<TenantId> {
    const id = toTenantId(uuidv7());
    await this.database.entities(id, async (manager, transaction) => {
      await this.repository.create(manager, { ...tenant, id });
      const dataKey = await this.vault.createDataKey(id, transaction);
      const { signingAlg } = effectivePolicy(tenant.policy);
      await this.rotation.createFirstKeys(id, signingAlg, { dataKey, transaction });
      await alongside?.(id)(transaction);
    });
    this.announce(id, tenant.slug);
    return id;
  }

  /** @returns false when the version is stale */
  async update(tenant: TenantEntity, changes: TenantChanges, alongside?: Alongside): Promise<boolean> {
    const id = toTenantId(tenant.id);
    const updated = await this.database.entities(id, async (manager, transaction) => {
      if (!(await this.repository.update(manager, id, tenant.version, changes))) return false;
      await alongside?.(transaction);
      return true;
    });
    this.announce(id, tenant.slug);
    return updated;
  }

  /** @returns false when it is gone already */
  async delete(tenant: TenantEntity, alongside?: Alongside): Promise<boolean> {
    const id = toTenantId(tenant.id);
    const deleted = await this.database.entities(id, async (manager, transaction) => {
      if (!(await this.repository.delete(manager, id))) return false;
      await alongside?.(transaction);
      return true;
    });
    this.vault.forget(id);
    this.announce(id, tenant.slug);
    return deleted;
  }

  private announce(tenantId: TenantId, slug: string): void {
    this.changes.announce({ table: 'tenants', tenantId, key: slug });
  }
}
