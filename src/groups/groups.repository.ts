import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type GroupData, GroupEntity } from './group.entity.js';

export interface GroupPage {
  readonly after?: string | undefined;
  readonly limit: number;
  /** In full, whatever its case. */
  readonly name?: string | undefined;
}

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

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(tenantId: TenantId, { after, limit, name }: GroupPage): Promise<GroupEntity[]> {
    return this.database.entities(tenantId, (manager) => {
      const query = manager
        .createQueryBuilder(GroupEntity, 'g')
        .where('g.tenant_id = :tenantId', { tenantId })
        .orderBy('g.id')
        .limit(limit);
      if (after !== undefined) query.andWhere('g.id > :after', { after });
      if (name !== undefined) query.andWhere('lower(g.name) = lower(:name)', { name });
      return query.getMany();
    });
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
