import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MANAGEMENT_API, type Permissions, scopesAt } from '../clients/permissions.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { rolePermissionsColumn } from '../database/role-permissions-column.js';
import { permissionsOfRoles } from '../resources/management-roles.js';
import { type RoleData, RoleEntity } from './role.entity.js';
import type { RoleAssignment, RoleHolder } from './role-assignment.js';

interface AssignmentRow {
  readonly role: string;
  readonly given_by: string | null;
  readonly created_at: Date;
}

interface HolderRow {
  readonly permissions: Permissions;
  readonly management_roles: string[];
  readonly role_permissions: string[];
}

/** The roles that tenants made, and who has which. */
@Injectable()
export class RolesRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, name: string, within?: EntityManager): Promise<RoleEntity | undefined> {
    const read = async (manager: EntityManager) =>
      (await manager.findOneBy(RoleEntity, { tenantId, name })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** All of them, by name. */
  async list(tenantId: TenantId, within?: EntityManager): Promise<RoleEntity[]> {
    const read = (manager: EntityManager) => manager.find(RoleEntity, { where: { tenantId }, order: { name: 'ASC' } });
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** Keeps the role as it is until the transaction ends. @returns undefined when there is none (any more) */
  async lock(
    tenantId: TenantId,
    name: string,
    mode: 'pessimistic_read' | 'pessimistic_write',
    manager: EntityManager,
  ): Promise<RoleEntity | undefined> {
    return (await manager.findOne(RoleEntity, { where: { tenantId, name }, lock: { mode } })) ?? undefined;
  }

  async create(tenantId: TenantId, name: string, data: RoleData, manager: EntityManager): Promise<void> {
    await manager.insert(RoleEntity, { ...data, tenantId, name, version: 1 });
  }

  /** @returns false when the role is gone or its version is not `version` */
  async update(
    tenantId: TenantId,
    name: string,
    change: { readonly version: number; readonly data: Partial<RoleData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { version, data } = change;
    const { affected } = await manager.update(
      RoleEntity,
      { tenantId, name, version },
      { ...data, version: version + 1 },
    );
    return affected === 1;
  }

  async delete(tenantId: TenantId, name: string, manager: EntityManager): Promise<boolean> {
    return (await manager.delete(RoleEntity, { tenantId, name })).affected === 1;
  }

  /** Who has the role: the number of all, and the identifiers of the clients among them. */
  async findHolders(
    tenantId: TenantId,
    role: string,
    manager: EntityManager,
  ): Promise<{ count: number; clients: string[] }> {
    const rows = await manager.query<{ client_id: string | null }[]>(
      'SELECT client_id FROM management_role_assignments WHERE tenant_id = $1 AND role = $2',
      [tenantId, role],
    );
    return { count: rows.length, clients: rows.flatMap(({ client_id: clientId }) => clientId ?? []) };
  }

  /** What those who have the role have beside it: the names of their roles, and permissions that clients have themselves. */
  async powersOfHolders(
    tenantId: TenantId,
    role: string,
    manager: EntityManager,
  ): Promise<{ roles: string[]; permissions: string[] }> {
    const roles = await manager.query<{ role: string }[]>(
      `SELECT b.role FROM management_role_assignments a
         JOIN management_role_assignments b ON b.tenant_id = a.tenant_id AND b.user_id = a.user_id
        WHERE a.tenant_id = $1 AND a.role = $2
        UNION
       SELECT b.role FROM management_role_assignments a
         JOIN management_role_assignments b ON b.tenant_id = a.tenant_id AND b.client_id = a.client_id
        WHERE a.tenant_id = $1 AND a.role = $2`,
      [tenantId, role],
    );
    const clients = await manager.query<{ permissions: Permissions }[]>(
      `SELECT DISTINCT c.permissions FROM management_role_assignments a
         JOIN clients c ON c.tenant_id = a.tenant_id AND c.client_id = a.client_id
        WHERE a.tenant_id = $1 AND a.role = $2`,
      [tenantId, role],
    );
    return {
      roles: roles.map(({ role: name }) => name),
      permissions: clients.flatMap(({ permissions }) => scopesAt(permissions, MANAGEMENT_API)),
    };
  }

  async assignmentsOf(tenantId: TenantId, holder: RoleHolder, within?: EntityManager): Promise<RoleAssignment[]> {
    const [column, id] = keyOf(holder);
    const read = (manager: EntityManager) =>
      manager.query<AssignmentRow[]>(
        `SELECT role, given_by, created_at FROM management_role_assignments
          WHERE tenant_id = $1 AND ${column} = $2 ORDER BY role`,
        [tenantId, id],
      );
    const rows = await (within ? read(within) : this.database.entities(tenantId, read));
    return rows.map(({ role, given_by: givenBy, created_at: createdAt }) => ({
      role,
      givenBy: givenBy ?? undefined,
      createdAt,
    }));
  }

  /**
   * Lets one transaction at a time change what the holder may do.
   * @returns what that is now at the management API; undefined when there is no such holder
   */
  async lockHolder(
    tenantId: TenantId,
    holder: RoleHolder,
    manager: EntityManager,
  ): Promise<readonly string[] | undefined> {
    const [, id] = keyOf(holder);
    const text =
      'userId' in holder
        ? `SELECT '[]'::jsonb AS permissions, u.management_roles, ${rolePermissionsColumn('u')}
             FROM users u WHERE u.tenant_id = $1 AND u.id = $2 FOR UPDATE OF u`
        : `SELECT c.permissions, c.management_roles, ${rolePermissionsColumn('c')}
             FROM clients c WHERE c.tenant_id = $1 AND c.client_id = $2 FOR UPDATE OF c`;
    const [row] = await manager.query<HolderRow[]>(text, [tenantId, id]);
    if (!row) return undefined;
    const ofRoles = permissionsOfRoles(row.management_roles, row.role_permissions);
    return [...new Set([...scopesAt(row.permissions, MANAGEMENT_API), ...ofRoles])];
  }

  /** @returns false when the holder has the role already */
  async assign(
    tenantId: TenantId,
    holder: RoleHolder,
    given: { readonly role: string; readonly by: string },
    manager: EntityManager,
  ): Promise<boolean> {
    const [column, id] = keyOf(holder);
    const rows = await manager.query<unknown[]>(
      `INSERT INTO management_role_assignments (tenant_id, role, ${column}, given_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING id`,
      [tenantId, given.role, id, given.by],
    );
    return rows.length === 1;
  }

  /** @returns false when the holder does not have the role */
  async take(tenantId: TenantId, holder: RoleHolder, role: string, manager: EntityManager): Promise<boolean> {
    const [column, id] = keyOf(holder);
    const taken = await manager.query<[unknown[], number]>(
      `DELETE FROM management_role_assignments WHERE tenant_id = $1 AND role = $2 AND ${column} = $3`,
      [tenantId, role, id],
    );
    return taken[1] === 1;
  }

  /**
   * Also from those who are invited. The holders are locked in one order, so that two such changes wait for each other
   * instead of blocking.
   */
  async takeFromAll(tenantId: TenantId, role: string, manager: EntityManager): Promise<void> {
    await manager.query(
      `SELECT u.id FROM users u WHERE u.tenant_id = $1 AND u.id IN (
         SELECT a.user_id FROM management_role_assignments a WHERE a.tenant_id = $1 AND a.role = $2)
        ORDER BY u.id FOR UPDATE OF u`,
      [tenantId, role],
    );
    await manager.query('DELETE FROM management_role_assignments WHERE tenant_id = $1 AND role = $2', [tenantId, role]);
    // Whoever accepts one would get the role that is made anew under the name.
    await manager.query(
      `UPDATE invitations SET roles = array_remove(roles, $2), version = version + 1, updated_at = now()
        WHERE tenant_id = $1 AND accepted_at IS NULL AND $2 = ANY (roles)`,
      [tenantId, role],
    );
  }
}

function keyOf(holder: RoleHolder): ['user_id' | 'client_id', string] {
  return 'userId' in holder ? ['user_id', holder.userId] : ['client_id', holder.clientId];
}
