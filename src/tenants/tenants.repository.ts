import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { SigningHandovers } from './signing-handover.js';
import { TenantEntity } from './tenant.entity.js';

export type NewTenant = Pick<TenantEntity, 'id' | 'slug' | 'displayName' | 'policy' | 'branding'>;
export type TenantChanges = Partial<
  Pick<
    TenantEntity,
    | 'displayName'
    | 'status'
    | 'policy'
    | 'branding'
    | 'texts'
    | 'quotas'
    | 'userAttributes'
    | 'deletionId'
    | 'deletionDueAt'
  >
>;

const findBySlug = statement('tenants.find_by_slug', `SELECT ${columnsOf(TenantEntity)} FROM tenants WHERE slug = $1`);
const findLogo = statement('tenants.find_logo', `SELECT branding ->> 'logo' AS logo FROM tenants WHERE id = $1`);

const readTenant = entityReader(TenantEntity);

/** The table of tenants is the platform's own, so its methods name a tenant by id or slug and see them all. */
@Injectable()
export class TenantsRepository {
  constructor(private readonly database: Database) {}

  async findBySlug(slug: string): Promise<TenantEntity | undefined> {
    const [row] = await this.database.platformQuery(findBySlug, [slug]);
    return row && readTenant(row);
  }

  async findById(id: TenantId, manager: EntityManager = this.database.platform): Promise<TenantEntity | undefined> {
    return (await manager.findOneBy(TenantEntity, { id })) ?? undefined;
  }

  /** `data:` URI of the tenant's logo. */
  async findLogo(id: TenantId): Promise<string | undefined> {
    const [row] = await this.database.platformQuery<{ logo: string | null }>(findLogo, [id]);
    return row?.logo ?? undefined;
  }

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(page: { after?: string | undefined; limit: number }): Promise<TenantEntity[]> {
    const query = this.database.platform
      .createQueryBuilder(TenantEntity, 'tenant')
      .where('NOT tenant.destroying')
      .orderBy('tenant.id')
      .take(page.limit);
    if (page.after !== undefined) query.andWhere('tenant.id > :after', { after: page.after });
    return query.getMany();
  }

  async create(manager: EntityManager, tenant: NewTenant): Promise<void> {
    await manager.insert(TenantEntity, { ...tenant, signingHandovers: {}, status: 'active', version: 1 });
  }

  /** @returns false when the tenant is gone or its version is not `version` */
  async update(manager: EntityManager, id: TenantId, version: number, changes: TenantChanges): Promise<boolean> {
    const { affected } = await manager.update(TenantEntity, { id, version }, { ...changes, version: version + 1 });
    return affected === 1;
  }

  async setHandovers(manager: EntityManager, id: TenantId, signingHandovers: SigningHandovers): Promise<void> {
    await manager.update(TenantEntity, { id }, { signingHandovers });
  }
}
