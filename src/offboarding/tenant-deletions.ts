import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { announceTenant } from '../tenants/announce-tenant.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import type { TenantDeletion } from './tenant-deletion.js';
import { TenantDeletionsRepository } from './tenant-deletions.repository.js';

/** Deletions of tenants until their time has come: asked for and withdrawn. */
@Injectable()
export class TenantDeletions {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsRepository,
    private readonly repository: TenantDeletionsRepository,
    private readonly changes: ChangeFeed,
  ) {}

  find(id: string): Promise<TenantDeletion | undefined> {
    return this.repository.find(id);
  }

  list(page: { readonly after: string | undefined; readonly limit: number }): Promise<TenantDeletion[]> {
    return this.repository.list(page);
  }

  /** Suspends the tenant at once. @returns undefined when the tenant has changed since it was read */
  async schedule(
    tenant: TenantEntity,
    { inDays, requestedBy }: { readonly inDays: number; readonly requestedBy: string },
    companion?: Companion<TenantDeletion>,
  ): Promise<TenantDeletion | undefined> {
    const tenantId = toTenantId(tenant.id);
    const deletion = { id: uuidv7(), tenant: tenantId, slug: tenant.slug, statusBefore: tenant.status };
    const scheduled = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      const made = await this.repository.create({ ...deletion, requestedBy, inDays }, transaction);
      const changes = { status: 'suspended', deletionId: deletion.id, deletionDueAt: made?.dueAt ?? null } as const;
      // A deletion of a tenant that has changed would be committed without the change, so it is undone.
      if (!(await this.tenants.update(manager, tenantId, tenant.version, changes))) throw new StaleTenantError();
      return made;
    }).catch(undefinedWhenStale);
    announceTenant(this.changes, tenantId, tenant);
    return scheduled;
  }

  /** The tenant is again what it was. @returns undefined when it is too late, or the tenant has changed meanwhile */
  async withdraw(
    tenant: TenantEntity,
    by: string,
    companion?: Companion<TenantDeletion>,
  ): Promise<TenantDeletion | undefined> {
    const tenantId = toTenantId(tenant.id);
    const known = tenant.deletionId === null ? undefined : await this.repository.find(tenant.deletionId);
    if (!known) return undefined;
    const withdrawn = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      const changes = { status: known.statusBefore, deletionId: null, deletionDueAt: null };
      if (!(await this.tenants.update(manager, tenantId, tenant.version, changes))) return undefined;
      const deletion = await this.repository.withdraw(known.id, by, transaction);
      if (!deletion) throw new StaleTenantError();
      return deletion;
    }).catch(undefinedWhenStale);
    announceTenant(this.changes, tenantId, tenant);
    return withdrawn;
  }
}

class StaleTenantError extends Error {}

function undefinedWhenStale(error: unknown): undefined {
  if (!(error instanceof StaleTenantError)) throw error;
  return undefined;
}
