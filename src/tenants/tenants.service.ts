import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
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
  async create(
    given: Omit<NewTenant, 'id'> & { readonly id?: TenantId },
    companion?: Companion<TenantEntity>,
  ): Promise<TenantEntity | undefined> {
    const { id = toTenantId(uuidv7()), ...tenant } = given;
    const created = await unitOfWork(this.database, id, companion, async (manager, transaction) => {
      await this.repository.create(manager, { ...tenant, id });
      const dataKey = await this.vault.createDataKey(id, transaction);
      const { signingAlg } = effectivePolicy(tenant.policy);
      await this.rotation.createFirstKeys(id, signingAlg, { dataKey, transaction });
      return this.repository.findById(id, manager);
    });
    this.announce(id, tenant.slug);
    return created;
  }

  /** @returns undefined when the version is stale */
  async update(
    tenant: TenantEntity,
    changes: TenantChanges,
    companion?: Companion<TenantEntity>,
  ): Promise<TenantEntity | undefined> {
    const id = toTenantId(tenant.id);
    const updated = await unitOfWork(this.database, id, companion, async (manager) => {
      if (!(await this.repository.update(manager, id, tenant.version, changes))) return undefined;
      return this.repository.findById(id, manager);
    });
    this.announce(id, tenant.slug);
    return updated;
  }

  /** @returns undefined when it is gone already */
  async delete(tenant: TenantEntity, companion?: Companion<true>): Promise<true | undefined> {
    const id = toTenantId(tenant.id);
    const deleted = await unitOfWork(this.database, id, companion, async (manager) =>
      (await this.repository.delete(manager, id)) ? true : undefined,
    );
    this.vault.forget(id);
    this.announce(id, tenant.slug);
    return deleted;
  }

  private announce(tenantId: TenantId, slug: string): void {
    this.changes.announce({ table: 'tenants', tenantId, key: slug });
  }
}
