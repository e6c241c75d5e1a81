import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import type { GroupMember, Membership } from './group-member.js';

interface MemberRow {
  readonly user_id: string;
  readonly username: string;
  readonly added_by: string | null;
  readonly created_at: Date;
}

interface MembershipRow {
  readonly group_id: string;
  readonly name: string;
  readonly added_by: string | null;
  readonly created_at: Date;
}

/** Who is in which group. */
@Injectable()
export class GroupMembersRepository {
  constructor(private readonly database: Database) {}

  /** In the order of the users' ids, after the given one. */
  async list(
    tenantId: TenantId,
    groupId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<GroupMember[]> {
    const rows = await this.database.entities(tenantId, (manager) =>
      manager.query<MemberRow[]>(
        `SELECT m.user_id, u.username, m.added_by, m.created_at
           FROM user_group_members m JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
          WHERE m.tenant_id = $1 AND m.group_id = $2 AND ($3::uuid IS NULL OR m.user_id > $3)
          ORDER BY m.user_id LIMIT $4`,
        [tenantId, groupId, page.after ?? null, page.limit],
      ),
    );
    return rows.map(toMember);
  }

  async find(
    tenantId: TenantId,
    groupId: string,
    userId: string,
    manager: EntityManager,
  ): Promise<GroupMember | undefined> {
    const [row] = await manager.query<MemberRow[]>(
      `SELECT m.user_id, u.username, m.added_by, m.created_at
         FROM user_group_members m JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = $1 AND m.group_id = $2 AND m.user_id = $3`,
      [tenantId, groupId, userId],
    );
    return row && toMember(row);
  }

  /** All groups of the user, by name. */
  async ofUser(tenantId: TenantId, userId: string): Promise<Membership[]> {
    const rows = await this.database.entities(tenantId, (manager) =>
      manager.query<MembershipRow[]>(
        `SELECT m.group_id, g.name, m.added_by, m.created_at
           FROM user_group_members m JOIN user_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
          WHERE m.tenant_id = $1 AND m.user_id = $2 ORDER BY g.name COLLATE "C"`,
        [tenantId, userId],
      ),
    );
    return rows.map(({ group_id: groupId, name, added_by: addedBy, created_at: createdAt }) => ({
      groupId,
      group: name,
      addedBy: addedBy ?? undefined,
      createdAt,
    }));
  }

  /**
   * Lets one transaction at a time add the user to a group.
   * @returns in how many the user is; undefined when there is no such user
   */
  async lockUser(tenantId: TenantId, userId: string, manager: EntityManager): Promise<number | undefined> {
    const [user] = await manager.query<unknown[]>(
      'SELECT 1 FROM users u WHERE u.tenant_id = $1 AND u.id = $2 FOR NO KEY UPDATE',
      [tenantId, userId],
    );
    if (user === undefined) return undefined;
    const [row] = await manager.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM user_group_members WHERE tenant_id = $1 AND user_id = $2',
      [tenantId, userId],
    );
    return row?.count ?? 0;
  }

  /** @returns false when there is no such group (any more) @throws a foreign key violation when there is no such user */
  async add(
    tenantId: TenantId,
    groupId: string,
    member: { readonly userId: string; readonly by: string },
    manager: EntityManager,
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO user_group_members (tenant_id, group_id, user_id, added_by)
       SELECT g.tenant_id, g.id, $3, $4 FROM user_groups g WHERE g.tenant_id = $1 AND g.id = $2 FOR KEY SHARE
       RETURNING group_id`,
      [tenantId, groupId, member.userId, member.by],
    );
    return rows.length === 1;
  }

  /** @returns false when the user is not in the group */
  async remove(tenantId: TenantId, groupId: string, userId: string, manager: EntityManager): Promise<boolean> {
    const removed = await manager.query<[unknown[], number]>(
      'DELETE FROM user_group_members WHERE tenant_id = $1 AND group_id = $2 AND user_id = $3',
      [tenantId, groupId, userId],
    );
    return removed[1] === 1;
  }
}

function toMember({ user_id: userId, username, added_by: addedBy, created_at: createdAt }: MemberRow): GroupMember {
  return { userId, username, addedBy: addedBy ?? undefined, createdAt };
}
