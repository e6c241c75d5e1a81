import { Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { GroupMemberManagement } from './group-member-management.js';

@ManagementController('Groups')
@Controller('api/v1/tenants/:tenant')
export class GroupMembersController {
  constructor(private readonly members: GroupMemberManagement) {}

  @Get('groups/:group_id/members')
  @Endpoint({
    id: 'listGroupMembers',
    summary: 'The users in a group, the oldest account first',
    scope: 'users:read',
    reach: 'people',
    query: PageQuery,
    answer: 'GroupMemberPage',
  })
  list(
    @TargetTenant() tenant: Tenant,
    @Param('group_id') groupId: string,
    @Query() query: PageQuery,
  ): Promise<Page<View>> {
    return this.members.list(tenant, groupId, query);
  }

  @Put('groups/:group_id/members/:user_id')
  @Endpoint({
    id: 'addGroupMember',
    summary: 'Adds a user to a group; one who is in it already stays as they are',
    scope: 'users:write',
    reach: 'people',
    answer: 'GroupMember',
  })
  add(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('group_id') groupId: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.members.add(write, tenant, groupId, userId);
  }

  @Delete('groups/:group_id/members/:user_id')
  @Endpoint({
    id: 'removeGroupMember',
    summary: 'Takes a user out of a group; the next token does not name it',
    scope: 'users:write',
    reach: 'people',
  })
  remove(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('group_id') groupId: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.members.remove(write, tenant, groupId, userId);
  }

  @Get('users/:user_id/groups')
  @Endpoint({
    id: 'getUserGroups',
    summary: 'The groups that a user is in',
    scope: 'users:read',
    reach: 'people',
    answer: 'GroupMemberships',
  })
  ofUser(@TargetTenant() tenant: Tenant, @Param('user_id') userId: string): Promise<View> {
    return this.members.ofUser(tenant, userId);
  }
}
