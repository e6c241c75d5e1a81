import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { announceTenant } from '../tenants/announce-tenant.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';

/** Changes of what leads to a tenant. */
@Injectable()
export class AddressChanges {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsRepository,
    private readonly changes: ChangeFeed,
  ) {}

  /** One after the other for each tenant; afterwards nothing of before is cached here. */
  async perform<Written>(
    tenantId: TenantId,
    companion: Companion<Written> | undefined,
    work: (manager: EntityManager) => Promise<Written | undefined>,
  ): Promise<Written | undefined> {
    const states: TenantEntity[] = [];
    const written = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      await this.tenants.lock(manager, tenantId);
      const before = await this.tenants.findById(tenantId, manager);
      const done = await work(manager);
      const after = await this.tenants.findById(tenantId, manager);
      states.push(...[before, after].filter((tenant) => tenant !== undefined));
      return done;
    });
    announceTenant(this.changes, tenantId, ...states);
    return written;
  }

  /** Repeats the domains in the row of the tenant; within `perform`. */
  async refresh(tenantId: TenantId, manager: EntityManager): Promise<void> {
    await this.tenants.refreshAddresses(manager, tenantId);
  }
}
