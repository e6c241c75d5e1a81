import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { GroupManagement } from './group-management.js';
import { groupView } from './group.view.js';
import { CreateGroupDto, ListGroupsQuery, UpdateGroupDto } from './groups.dto.js';

@ManagementController('Groups')
@Controller('api/v1/tenants/:tenant/groups')
export class GroupsController {
  constructor(private readonly groups: GroupManagement) {}

  @Get()
  @Endpoint({
    id: 'listGroups',
    summary: 'The groups of users, oldest first unless `search` or `sort` says otherwise',
    scope: 'users:read',
    reach: 'none',
    query: ListGroupsQuery,
    answer: 'GroupPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListGroupsQuery): Promise<Page<View>> {
    return this.groups.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createGroup',
    summary: 'Makes a group without members',
    scope: 'users:write',
    reach: 'people',
    body: CreateGroupDto,
    answer: 'Group',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateGroupDto,
  ): Promise<WriteAnswer> {
    return this.groups.create(write, tenant, body);
  }

  @Get(':group_id')
  @Endpoint({
    id: 'getGroup',
    summary: 'One group',
    scope: 'users:read',
    reach: 'none',
    answer: 'Group',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('group_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const group = await this.groups.get(tenant, id);
    return withEtag(response, group.version, groupView(group));
  }

  @Patch(':group_id')
  @Endpoint({
    id: 'updateGroup',
    summary: 'Changes members by JSON Merge Patch. Tokens have a new name from the next one on',
    scope: 'users:write',
    reach: 'people',
    body: UpdateGroupDto,
    answer: 'Group',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('group_id') id: string,
    @Body() body: UpdateGroupDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.groups.update(write, tenant, { id, body, ifMatch });
  }

  @Delete(':group_id')
  @Endpoint({
    id: 'deleteGroup',
    summary: 'Removes the group; its members stay users, and are in it no longer',
    scope: 'users:write',
    reach: 'people',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('group_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.groups.delete(write, tenant, id, ifMatch);
  }
}
