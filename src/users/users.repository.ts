import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import { type Listed, readPage } from '../database/read-list.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { rolePermissionsColumn } from '../database/role-permissions-column.js';
import { BUILT_IN_ROLES, permissionsOfRoles } from '../resources/management-roles.js';
import type { AttributeValues } from '../tenants/user-attributes.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { type UserPage, userRequest, userTable } from './user-list.js';
import type { ProfileClaims, User } from './user.js';

/** The columns of `users` (as `u`) that make a `User`; other repositories join them in. */
export const USER_COLUMNS = `
  u.id AS user_id, u.username, u.email, u.email_verified, u.phone_number, u.phone_number_verified,
  u.claims, u.attributes, u.tenant_admin, u.management_roles, ${rolePermissionsColumn('u')}, u.enabled, u.deletion_scheduled_for, u.second_factors, u.terms_version,
  u.must_change_password AND u.password_hash IS NOT NULL AS must_change_password,
  extract(epoch FROM u.updated_at)::float8 AS user_updated_at`;

export interface UserRow {
  readonly user_id: string;
  readonly username: string;
  readonly email: string | null;
  readonly email_verified: boolean;
  readonly phone_number: string | null;
  readonly phone_number_verified: boolean;
  readonly claims: ProfileClaims;
  readonly attributes: AttributeValues;
  readonly tenant_admin: boolean;
  readonly management_roles: string[];
  readonly role_permissions: string[];
  readonly enabled: boolean;
  readonly terms_version: string | null;
  readonly must_change_password: boolean;
  readonly deletion_scheduled_for: Date | null;
  readonly second_factors: string[];
  readonly user_updated_at: number;
}

export function toUser(row: UserRow): User {
  return {
    id: row.user_id,
    username: row.username,
    email: row.email ?? undefined,
    emailVerified: row.email_verified,
    phoneNumber: row.phone_number ?? undefined,
    phoneNumberVerified: row.phone_number_verified,
    claims: row.claims,
    attributes: row.attributes,
    tenantAdmin: row.tenant_admin,
    managementRoles: row.management_roles,
    managementPermissions: permissionsOfRoles(row.management_roles, row.role_permissions),
    enabled: row.enabled,
    termsVersion: row.terms_version ?? undefined,
    mustChangePassword: row.must_change_password,
    ...(row.deletion_scheduled_for && { deletionScheduledFor: row.deletion_scheduled_for }),
    secondFactors: row.second_factors,
    updatedAt: Math.floor(row.user_updated_at),
  };
}

/** An account that was made just now, and has no second factor so far. Of its roles only those that are built in count. */
export function newUserOf(entity: UserEntity): User {
  const { id, username, email, emailVerified, phoneNumber, phoneNumberVerified, claims, tenantAdmin, enabled } = entity;
  return {
    ...{ id, username, emailVerified, phoneNumberVerified, claims, tenantAdmin, enabled },
    attributes: entity.attributes,
    email: email ?? undefined,
    phoneNumber: phoneNumber ?? undefined,
    managementRoles: entity.managementRoles,
    managementPermissions: permissionsOfRoles(entity.managementRoles, []),
    termsVersion: entity.termsVersion ?? undefined,
    secondFactors: [],
    mustChangePassword: false,
    updatedAt: Math.floor(entity.updatedAt.getTime() / 1000),
  };
}

const findByIdentifier = statement(
  'users.find_by_identifier',
  `SELECT ${USER_COLUMNS}, u.password_hash
     FROM user_identifiers i JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
    WHERE i.tenant_id = $1 AND i.value = $2`,
);
const findById = statement('users.find', `SELECT ${USER_COLUMNS} FROM users u WHERE u.tenant_id = $1 AND u.id = $2`);

export interface UserWithPassword {
  readonly user: User;
  /** Undefined for an account without password. */
  readonly passwordHash: string | undefined;
}

/** What is stored about a user beyond bookkeeping. */
export type UserData = Omit<
  UserEntity,
  'tenantId' | 'id' | 'managementRoles' | 'version' | 'createdAt' | 'updatedAt' | 'deletionScheduledFor'
>;

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  /** By normalised user name or e-mail address. */
  async findByIdentifier(
    tenantId: TenantId,
    identifier: string,
    transaction: Transaction,
  ): Promise<UserWithPassword | undefined> {
    const values = [tenantId, identifier];
    const [row] = await transaction.query<UserRow & { password_hash: string | null }>(findByIdentifier, values);
    return row && { user: toUser(row), passwordHash: row.password_hash ?? undefined };
  }

  async find(tenantId: TenantId, id: string): Promise<User | undefined> {
    const [row] = await this.database.query<UserRow>(tenantId, findById, [tenantId, id]);
    return row && toUser(row);
  }

  async findEntity(tenantId: TenantId, id: string, within?: EntityManager): Promise<UserEntity | undefined> {
    const read = async (manager: EntityManager) => (await manager.findOneBy(UserEntity, { tenantId, id })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /**
   * Locks the tenant's administrators, so that concurrent transactions cannot remove the last one.
   * @returns the ids of those who can sign in
   */
  async lockAdministrators(tenantId: TenantId, manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM users WHERE tenant_id = $1 AND tenant_admin AND enabled AND password_hash IS NOT NULL
        ORDER BY id FOR UPDATE`,
      [tenantId],
    );
    return rows.map(({ id }) => id);
  }

  /** Lets one transaction at a time change the user. @returns undefined when there is none (any more) */
  async lock(tenantId: TenantId, id: string, manager: EntityManager): Promise<UserEntity | undefined> {
    const where = { tenantId, id };
    return (await manager.findOne(UserEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  /** A page of those that a filter leaves. */
  async list(tenantId: TenantId, page: UserPage): Promise<Listed<UserEntity>> {
    const table = userTable(tenantId);
    const request = userRequest(page);
    return this.database.entities(tenantId, (manager) =>
      readPage(manager, {
        table,
        request,
        find: (ids) => manager.findBy(UserEntity, { tenantId, id: In(ids) }),
        idOf: ({ id }) => id,
        count: page.total ? () => countListed(manager, table, request, { tenantId, resource: 'users' }) : undefined,
      }),
    );
  }

  async create(tenantId: TenantId, id: string, data: UserData, manager: EntityManager): Promise<void> {
    await manager.insert(UserEntity, { ...data, tenantId, id, version: 1 });
  }

  /** Gives a new account the roles of its invitation, without those that were deleted since. */
  async giveRoles(tenantId: TenantId, userId: string, roles: readonly string[], manager: EntityManager): Promise<void> {
    const builtIn = BUILT_IN_ROLES.map(({ name }) => name);
    await manager.query(
      `INSERT INTO management_role_assignments (tenant_id, role, user_id)
       SELECT $1, given.name, $2 FROM unnest($3::text[]) AS given (name)
        WHERE given.name = ANY ($4)
           OR EXISTS (SELECT FROM management_roles r WHERE r.tenant_id = $1 AND r.name = given.name)
       ON CONFLICT DO NOTHING`,
      [tenantId, userId, roles, builtIn],
    );
  }

  /** @returns false when the user is gone or its version is not `version` */
  async update(
    tenantId: TenantId,
    id: string,
    change: { readonly version: number; readonly data: Partial<UserData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      UserEntity,
      { tenantId, id, version: change.version },
      { ...change.data, version: change.version + 1 },
    );
    return affected === 1;
  }

  async delete(tenantId: TenantId, id: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(UserEntity, { tenantId, id });
    return affected === 1;
  }

  /** @throws a unique violation when one of them is somebody else's */
  async replaceIdentifiers(
    tenantId: TenantId,
    userId: string,
    values: readonly string[],
    manager: EntityManager,
  ): Promise<void> {
    await manager.delete(UserIdentifierEntity, { tenantId, userId });
    await manager.insert(
      UserIdentifierEntity,
      values.map((value) => ({ tenantId, userId, value })),
    );
  }

  /** Ends everything of this user: sessions are deleted, and grants that are older than now are invalid. */
  async endEverything(tenantId: TenantId, id: string, manager: EntityManager): Promise<void> {
    await manager.query('UPDATE users SET valid_from = now() WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
    await manager.query('DELETE FROM sessions WHERE tenant_id = $1 AND user_id = $2', [tenantId, id]);
  }
}
