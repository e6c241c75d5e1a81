import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../database/database-error.js';
import type { GroupEntity } from '../../groups/group.entity.js';
import { GROUP_SORT_KEYS } from '../../groups/group-list.js';
import { GroupsService } from '../../groups/groups.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { readAge, readListQuery, toListPage } from '../kit/list-query.js';
import { type Page, isId } from '../kit/paging.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { fromWire } from '../kit/wire.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { groupView } from './group.view.js';
import type { CreateGroupDto, ListGroupsQuery, UpdateGroupDto } from './groups.dto.js';

/** What operators and tenant admins do with groups of users. A group allows nothing at the management API. */
@Injectable()
export class GroupManagement {
  constructor(private readonly service: GroupsService) {}

  async list(tenant: Tenant, query: ListGroupsQuery): Promise<Page<View>> {
    const { name, total } = query;
    const request = readListQuery(query, GROUP_SORT_KEYS, isId);
    const listed = await this.service.list(tenant.id, { ...request, range: readAge(query), name, total });
    return toListPage(listed, groupView);
  }

  async get(tenant: Tenant, id: string): Promise<GroupEntity> {
    const group = isId(id) ? await this.service.find(tenant.id, id) : undefined;
    if (!group) throw notFound();
    return group;
  }

  create(write: ManagementWrite, tenant: Tenant, body: CreateGroupDto): Promise<WriteAnswer> {
    const { name, display_name: displayName = null, description = null } = body;
    return named(() =>
      write.perform<GroupEntity>({
        tenantId: tenant.id,
        change: ({ id }) => ({ type: 'group.created', target: `group:${id}`, body }),
        answer: (group) => write.created(group, groupView(group)),
        work: (companion) => this.service.create(tenant.id, { name, displayName, description }, companion),
        otherwise: notFound,
      }),
    );
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateGroupDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { body, ifMatch } = change;
    const known = await this.get(tenant, change.id);
    checkIfMatch(ifMatch, known.version, { needed: true });
    const before = groupView(known);
    return named(() =>
      write.perform<GroupEntity>({
        tenantId: tenant.id,
        change: ({ id }) => ({ type: 'group.updated', target: `group:${id}`, body, before }),
        answer: (group) => write.changed(group, groupView(group)),
        work: (companion) => this.service.update(tenant.id, known, fromWire(body), companion),
        otherwise: stale,
      }),
    );
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'group.deleted', target: `group:${id}`, before: groupView(known) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant.id, id, companion),
      otherwise: notFound,
    });
  }
}

async function named<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, 'user_groups_by_name')) throw error;
    const detail = 'is the name of another group';
    throw new Problem('conflict', `name ${detail}.`, [{ pointer: '/name', detail }]);
  }
}
