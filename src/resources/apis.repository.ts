import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import { type Listed, readPage } from '../database/read-list.js';
import { type ApiPage, apiTable } from './api-list.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { ApiEntity } from './api.entity.js';

export type ApiData = Omit<ApiEntity, 'tenantId' | 'id' | 'version' | 'createdAt' | 'updatedAt'>;

const list = statement(
  'apis.list',
  `SELECT ${columnsOf(ApiEntity)} FROM apis WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
);
const readApi = entityReader(ApiEntity);

@Injectable()
export class ApisRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, id: string, within?: EntityManager): Promise<ApiEntity | undefined> {
    const read = async (manager: EntityManager) => (await manager.findOneBy(ApiEntity, { tenantId, id })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(tenantId: TenantId, page: { after?: string | undefined; limit: number }): Promise<ApiEntity[]> {
    return (await this.database.lookup(tenantId, list, [tenantId, page.after ?? null, page.limit])).map(readApi);
  }

  /** A page of those that a search finds. */
  async page(tenantId: TenantId, page: ApiPage): Promise<Listed<ApiEntity>> {
    const table = apiTable(tenantId);
    const request = { ...page, filters: [] };
    return this.database.entities(tenantId, (manager) =>
      readPage(manager, {
        table,
        request,
        find: (ids) => manager.findBy(ApiEntity, { tenantId, id: In(ids) }),
        idOf: ({ id }) => id,
        count: page.total ? () => countListed(manager, table, request, { tenantId, resource: 'apis' }) : undefined,
      }),
    );
  }

  /** Lets one transaction at a time add an API. */
  async lock(tenantId: TenantId, manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('apis:' || $1, 0))`, [tenantId]);
  }

  async count(tenantId: TenantId, manager: EntityManager): Promise<number> {
    return manager.countBy(ApiEntity, { tenantId });
  }

  /** Those of every API of the tenant, within the transaction that adds one. */
  async identifiers(tenantId: TenantId, manager: EntityManager): Promise<string[]> {
    const rows = await manager.find(ApiEntity, { where: { tenantId }, select: { identifier: true } });
    return rows.map(({ identifier }) => identifier);
  }

  async create(tenantId: TenantId, id: string, data: ApiData, manager: EntityManager): Promise<void> {
    await manager.insert(ApiEntity, { ...data, tenantId, id, version: 1 });
  }

  /** @returns false when the API is gone or its version is not `version` */
  async update(
    tenantId: TenantId,
    id: string,
    change: { readonly version: number; readonly data: Partial<ApiData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      ApiEntity,
      { tenantId, id, version: change.version },
      { ...change.data, version: change.version + 1 },
    );
    return affected === 1;
  }

  /**
   * Deletes an API and what users consented to there. An API that is registered again under the same identifier needs
   * new consent.
   */
  async delete(tenantId: TenantId, id: string, manager: EntityManager): Promise<boolean> {
    const api = await manager.findOneBy(ApiEntity, { tenantId, id });
    if (!api) return false;
    await manager.query('DELETE FROM consents WHERE tenant_id = $1 AND resource = $2', [tenantId, api.identifier]);
    const { affected } = await manager.delete(ApiEntity, { tenantId, id });
    return affected === 1;
  }
}
