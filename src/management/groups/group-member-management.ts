import { Injectable } from '@nestjs/common';
import { MAX_GROUPS_OF_USER, TooManyGroupsError } from '../../groups/group-member.js';
import { type Added, GroupsService } from '../../groups/groups.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { GroupManagement } from './group-management.js';
import { groupMemberView, membershipView } from './group.view.js';

/** Who is in which group. */
@Injectable()
export class GroupMemberManagement {
  constructor(
    private readonly groups: GroupManagement,
    private readonly service: GroupsService,
    private readonly users: UsersService,
  ) {}

  async list(tenant: Tenant, groupId: string, query: PageQuery): Promise<Page<View>> {
    await this.groups.get(tenant, groupId);
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1 };
    const rows = await this.service.membersOf(tenant.id, groupId, page);
    return toPage(rows, query, { item: groupMemberView, position: ({ userId }) => userId });
  }

  async ofUser(tenant: Tenant, userId: string): Promise<View> {
    if (!isId(userId) || !(await this.users.find(tenant.id, userId))) throw notFound();
    return { data: (await this.service.groupsOf(tenant.id, userId)).map(membershipView) };
  }

  async add(write: ManagementWrite, tenant: Tenant, groupId: string, userId: string): Promise<WriteAnswer> {
    const { name } = await this.groups.get(tenant, groupId);
    if (!isId(userId)) throw notFound();
    const target = `user:${userId}`;
    const details = { group: name, group_id: groupId };
    try {
      return await write.perform<Added>({
        tenantId: tenant.id,
        change: ({ isNew }) => (isNew ? { type: 'group.member_added', target, details, after: details } : undefined),
        answer: (added) => new WriteAnswer(groupMemberView(added)),
        work: (companion) =>
          this.service.addMember(tenant.id, groupId, { userId, by: actorOf(write.caller) }, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (!(error instanceof TooManyGroupsError)) throw error;
      throw new Problem('conflict', `The user is in ${MAX_GROUPS_OF_USER} groups; nobody can be in more.`);
    }
  }

  async remove(write: ManagementWrite, tenant: Tenant, groupId: string, userId: string): Promise<WriteAnswer> {
    const { name } = await this.groups.get(tenant, groupId);
    if (!isId(userId)) throw notFound();
    const details = { group: name, group_id: groupId };
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'group.member_removed', target: `user:${userId}`, details, before: details }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.removeMember(tenant.id, groupId, userId, companion),
      otherwise: notFound,
    });
  }
}
