import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import { type Listed, readPage } from '../database/read-list.js';
import { type GroupPage, groupRequest, groupTable } from './group-list.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type GroupData, GroupEntity } from './group.entity.js';

const namesOfUser = statement(
  'groups.names_of_user',
  `SELECT g.name FROM user_group_members m
     JOIN user_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
    WHERE m.tenant_id = $1 AND m.user_id = $2 ORDER BY g.name COLLATE "C"`,
);

/** The groups of tenants. */
@Injectable()
export class GroupsRepository {
  constructor(private readonly database: Database) {}

  /** The names of the groups that the user is in, in the order of their characters. */
  async namesOfUser(tenantId: TenantId, userId: string): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(tenantId, namesOfUser, [tenantId, userId]);
    return rows.map(({ name }) => name);
  }

  async find(tenantId: TenantId, id: string, within?: EntityManager): Promise<GroupEntity | undefined> {
    const read = async (manager: EntityManager) =>
      (await manager.findOneBy(GroupEntity, { tenantId, id })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** A page of those that a filter leaves. */
  async list(tenantId: TenantId, page: GroupPage): Promise<Listed<GroupEntity>> {
    const table = groupTable(tenantId);
    const request = groupRequest(page);
    return this.database.entities(tenantId, (manager) =>
      readPage(manager, {
        table,
        request,
        find: (ids) => manager.findBy(GroupEntity, { tenantId, id: In(ids) }),
        idOf: ({ id }) => id,
        count: page.total ? () => countListed(manager, table, request) : undefined,
      }),
    );
  }

  /** @throws a unique violation when the name is taken */
  async create(tenantId: TenantId, id: string, data: GroupData, manager: EntityManager): Promise<void> {
    await manager.insert(GroupEntity, { ...data, tenantId, id, version: 1 });
  }

  /** @returns false when the group is gone or its version is not `version` @throws a unique violation as above */
  async update(
    tenantId: TenantId,
    id: string,
    change: { readonly version: number; readonly data: Partial<GroupData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { version, data } = change;
    const { affected } = await manager.update(
      GroupEntity,
      { tenantId, id, version },
      { ...data, version: version + 1 },
    );
    return affected === 1;
  }

  /** Its members are in it no longer. */
  async delete(tenantId: TenantId, id: string, manager: EntityManager): Promise<boolean> {
    return (await manager.delete(GroupEntity, { tenantId, id })).affected === 1;
  }
}
