import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ApiRoleAssignment, ApiRoleHolder } from './api-role-holder.js';

interface AssignmentRow {
  readonly id: string;
  readonly user_id: string | null;
  readonly group_id: string | null;
  readonly client_id: string | null;
  readonly given_by: string | null;
  readonly created_at: Date;
}

const COLUMNS = 'a.id, a.user_id, a.group_id, a.client_id, a.given_by, a.created_at';

/** Who has which role of an API. */
@Injectable()
export class ApiRoleAssignmentsRepository {
  constructor(private readonly database: Database) {}

  /** In the order of their ids, after the given one. */
  async list(
    tenantId: TenantId,
    roleId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ApiRoleAssignment[]> {
    const rows = await this.database.entities(tenantId, (manager) =>
      manager.query<AssignmentRow[]>(
        `SELECT ${COLUMNS} FROM api_role_assignments a
          WHERE a.tenant_id = $1 AND a.role_id = $2 AND ($3::uuid IS NULL OR a.id > $3) ORDER BY a.id LIMIT $4`,
        [tenantId, roleId, page.after ?? null, page.limit],
      ),
    );
    return rows.map(toAssignment);
  }

  async find(
    tenantId: TenantId,
    roleId: string,
    holder: ApiRoleHolder,
    manager: EntityManager,
  ): Promise<ApiRoleAssignment | undefined> {
    const { column, id } = keyOf(holder);
    const [row] = await manager.query<AssignmentRow[]>(
      `SELECT ${COLUMNS} FROM api_role_assignments a WHERE a.tenant_id = $1 AND a.role_id = $2 AND a.${column} = $3`,
      [tenantId, roleId, id],
    );
    return row && toAssignment(row);
  }

  /** @returns false when the holder has the role already, or one of them is gone */
  async give(
    tenantId: TenantId,
    roleId: string,
    given: { readonly holder: ApiRoleHolder; readonly by: string },
    manager: EntityManager,
  ): Promise<boolean> {
    const { column, id, table, key } = keyOf(given.holder);
    const rows = await manager.query<unknown[]>(
      `INSERT INTO api_role_assignments (tenant_id, role_id, ${column}, given_by)
       SELECT r.tenant_id, r.id, h.${key}, $4 FROM api_roles r JOIN ${table} h ON h.tenant_id = r.tenant_id
        WHERE r.tenant_id = $1 AND r.id = $2 AND h.${key} = $3 FOR KEY SHARE
       ON CONFLICT DO NOTHING RETURNING id`,
      [tenantId, roleId, id, given.by],
    );
    return rows.length === 1;
  }

  /** @returns false when the holder does not have the role */
  async take(tenantId: TenantId, roleId: string, holder: ApiRoleHolder, manager: EntityManager): Promise<boolean> {
    const { column, id } = keyOf(holder);
    const taken = await manager.query<[unknown[], number]>(
      `DELETE FROM api_role_assignments WHERE tenant_id = $1 AND role_id = $2 AND ${column} = $3`,
      [tenantId, roleId, id],
    );
    return taken[1] === 1;
  }
}

function keyOf(holder: ApiRoleHolder) {
  if ('userId' in holder) return { column: 'user_id', id: holder.userId, table: 'users', key: 'id' } as const;
  if ('groupId' in holder) return { column: 'group_id', id: holder.groupId, table: 'user_groups', key: 'id' } as const;
  return { column: 'client_id', id: holder.clientId, table: 'clients', key: 'client_id' } as const;
}

function toAssignment(row: AssignmentRow): ApiRoleAssignment {
  return {
    id: row.id,
    userId: row.user_id ?? undefined,
    groupId: row.group_id ?? undefined,
    clientId: row.client_id ?? undefined,
    givenBy: row.given_by ?? undefined,
    createdAt: row.created_at,
  };
}
