import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { HeldApiRole } from './api-role-holder.js';
import { type ApiRoleData, ApiRoleEntity } from './api-role.entity.js';

export interface ApiRolePage {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly apiId?: string | undefined;
  readonly name?: string | undefined;
}

interface HeldRow {
  readonly api_id: string;
  readonly name: string;
  readonly scopes: string[];
}

const ofUser = statement(
  'api_roles.of_user',
  `WITH held AS (
     SELECT a.role_id FROM api_role_assignments a WHERE a.tenant_id = $1 AND a.user_id = $2
     UNION
     SELECT a.role_id FROM user_group_members m
       JOIN api_role_assignments a ON a.tenant_id = m.tenant_id AND a.group_id = m.group_id
      WHERE m.tenant_id = $1 AND m.user_id = $2
   )
   SELECT r.api_id, r.name, r.scopes FROM held JOIN api_roles r ON r.tenant_id = $1 AND r.id = held.role_id
    WHERE r.api_id = ANY ($3::uuid[]) ORDER BY r.name COLLATE "C"`,
);
const ofClient = statement(
  'api_roles.of_client',
  `SELECT r.api_id, r.name, r.scopes FROM api_role_assignments a
     JOIN api_roles r ON r.tenant_id = a.tenant_id AND r.id = a.role_id
    WHERE a.tenant_id = $1 AND a.client_id = $2 AND r.api_id = ANY ($3::uuid[]) ORDER BY r.name COLLATE "C"`,
);

/** The roles of the tenant's own APIs. */
@Injectable()
export class ApiRolesRepository {
  constructor(private readonly database: Database) {}

  /** What the user has at these APIs, also by groups; in the order of the names. */
  async ofUser(tenantId: TenantId, userId: string, apiIds: readonly string[]): Promise<HeldApiRole[]> {
    return (await this.database.query<HeldRow>(tenantId, ofUser, [tenantId, userId, apiIds])).map(toHeld);
  }

  /** The same of a client that acts for itself. */
  async ofClient(tenantId: TenantId, clientId: string, apiIds: readonly string[]): Promise<HeldApiRole[]> {
    return (await this.database.query<HeldRow>(tenantId, ofClient, [tenantId, clientId, apiIds])).map(toHeld);
  }

  async find(tenantId: TenantId, id: string, within?: EntityManager): Promise<ApiRoleEntity | undefined> {
    const read = async (manager: EntityManager) =>
      (await manager.findOneBy(ApiRoleEntity, { tenantId, id })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(tenantId: TenantId, { after, limit, apiId, name }: ApiRolePage): Promise<ApiRoleEntity[]> {
    return this.database.entities(tenantId, (manager) => {
      const query = manager
        .createQueryBuilder(ApiRoleEntity, 'r')
        .where('r.tenant_id = :tenantId', { tenantId })
        .orderBy('r.id')
        .limit(limit);
      if (after !== undefined) query.andWhere('r.id > :after', { after });
      if (apiId !== undefined) query.andWhere('r.api_id = :apiId', { apiId });
      if (name !== undefined) query.andWhere('r.name = :name', { name });
      return query.getMany();
    });
  }

  /**
   * Keeps the API as it is, and lets one transaction at a time change its roles.
   * @returns the names of its scopes and the number of its roles; undefined when there is no such API (any more)
   */
  async lockApi(
    tenantId: TenantId,
    apiId: string,
    manager: EntityManager,
  ): Promise<{ scopes: string[]; roles: number } | undefined> {
    const [api] = await manager.query<{ scopes: { name: string }[] }[]>(
      'SELECT scopes FROM apis WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
      [tenantId, apiId],
    );
    if (!api) return undefined;
    const roles = await manager.countBy(ApiRoleEntity, { tenantId, apiId });
    return { scopes: api.scopes.map(({ name }) => name), roles };
  }

  /** @throws a unique violation when the name is taken at the API, a foreign key violation when there is no such API */
  async create(
    tenantId: TenantId,
    id: string,
    data: ApiRoleData & { readonly apiId: string },
    manager: EntityManager,
  ): Promise<void> {
    await manager.insert(ApiRoleEntity, { ...data, tenantId, id, version: 1 });
  }

  /** @returns false when the role is gone or its version is not `version` @throws a unique violation as above */
  async update(
    tenantId: TenantId,
    id: string,
    change: { readonly version: number; readonly data: Partial<ApiRoleData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { version, data } = change;
    const next = { ...data, version: version + 1 };
    return (await manager.update(ApiRoleEntity, { tenantId, id, version }, next)).affected === 1;
  }

  /** It is taken from all who have it. */
  async delete(tenantId: TenantId, id: string, manager: EntityManager): Promise<boolean> {
    return (await manager.delete(ApiRoleEntity, { tenantId, id })).affected === 1;
  }
}

function toHeld({ api_id: apiId, name, scopes }: HeldRow): HeldApiRole {
  return { apiId, name, scopes };
}
