import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import type { Listed } from '../database/read-list.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { GroupMembersRepository } from './group-members.repository.js';
import { type GroupMember, MAX_GROUPS_OF_USER, type Membership, TooManyGroupsError } from './group-member.js';
import type { GroupData, GroupEntity } from './group.entity.js';
import type { GroupPage } from './group-list.js';
import { GroupsRepository } from './groups.repository.js';

export type Added = GroupMember & { readonly isNew: boolean };

/** Groups of users, and who is in which. */
@Injectable()
export class GroupsService {
  constructor(
    private readonly database: Database,
    private readonly repository: GroupsRepository,
    private readonly members: GroupMembersRepository,
  ) {}

  /** What the claim `groups` of the user says. */
  namesOfUser(tenantId: TenantId, userId: string): Promise<string[]> {
    return this.repository.namesOfUser(tenantId, userId);
  }

  find(tenantId: TenantId, id: string): Promise<GroupEntity | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: GroupPage): Promise<Listed<GroupEntity>> {
    return this.repository.list(tenantId, page);
  }

  /** @throws a unique violation when the name is taken */
  create(tenantId: TenantId, data: GroupData, companion?: Companion<GroupEntity>): Promise<GroupEntity | undefined> {
    const id = uuidv7();
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      await this.repository.create(tenantId, id, data, manager);
      return this.repository.find(tenantId, id, manager);
    });
  }

  /** @returns undefined when the version is stale @throws a unique violation as above */
  update(
    tenantId: TenantId,
    { id, version }: GroupEntity,
    data: Partial<GroupData>,
    companion?: Companion<GroupEntity>,
  ): Promise<GroupEntity | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      if (!(await this.repository.update(tenantId, id, { version, data }, manager))) return undefined;
      return this.repository.find(tenantId, id, manager);
    });
  }

  /** @returns undefined when the group is gone already */
  delete(tenantId: TenantId, id: string, companion?: Companion<true>): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (manager) =>
      (await this.repository.delete(tenantId, id, manager)) ? true : undefined,
    );
  }

  membersOf(
    tenantId: TenantId,
    groupId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<GroupMember[]> {
    return this.members.list(tenantId, groupId, page);
  }

  groupsOf(tenantId: TenantId, userId: string): Promise<Membership[]> {
    return this.members.ofUser(tenantId, userId);
  }

  /**
   * @returns the member, and whether it is new; undefined when the group or the user is gone
   * @throws TooManyGroupsError
   */
  addMember(
    tenantId: TenantId,
    groupId: string,
    member: { readonly userId: string; readonly by: string },
    companion?: Companion<Added>,
  ): Promise<Added | undefined> {
    const { userId } = member;
    return unitOfWork<Added>(this.database, tenantId, companion, async (manager) => {
      const count = await this.members.lockUser(tenantId, userId, manager);
      if (count === undefined) return undefined;
      const known = await this.members.find(tenantId, groupId, userId, manager);
      if (known) return { ...known, isNew: false };
      if (count >= MAX_GROUPS_OF_USER) throw new TooManyGroupsError();
      if (!(await this.members.add(tenantId, groupId, member, manager))) return undefined;
      const added = await this.members.find(tenantId, groupId, userId, manager);
      return added && { ...added, isNew: true };
    });
  }

  /** @returns undefined when the user is not in the group */
  removeMember(
    tenantId: TenantId,
    groupId: string,
    userId: string,
    companion?: Companion<true>,
  ): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (manager) =>
      (await this.members.remove(tenantId, groupId, userId, manager)) ? true : undefined,
    );
  }
}
