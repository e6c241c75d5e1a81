import { Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { ApiRoleAssignmentManagement } from './api-role-assignment-management.js';

@ManagementController('API roles')
@Controller('api/v1/tenants/:tenant/api-roles/:api_role_id')
export class ApiRoleAssignmentsController {
  constructor(private readonly assignments: ApiRoleAssignmentManagement) {}

  @Get('assignments')
  @Endpoint({
    id: 'listApiRoleAssignments',
    summary: 'Who has the role: users, groups and clients',
    scope: 'apis:read',
    reach: 'people',
    query: PageQuery,
    answer: 'ApiRoleAssignmentPage',
  })
  list(
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Query() query: PageQuery,
  ): Promise<Page<View>> {
    return this.assignments.list(tenant, roleId, query);
  }

  @Put('users/:user_id')
  @Endpoint({
    id: 'giveUserApiRole',
    summary: 'Gives the role to a user; one that is given already stays as it is',
    scope: 'users:write',
    reach: 'people',
    answer: 'ApiRoleAssignment',
  })
  giveToUser(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.give(write, tenant, roleId, { userId });
  }

  @Delete('users/:user_id')
  @Endpoint({
    id: 'takeUserApiRole',
    summary: 'Takes the role from a user; the next token has it no longer',
    scope: 'users:write',
    reach: 'people',
  })
  takeFromUser(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.take(write, tenant, roleId, { userId });
  }

  @Put('groups/:group_id')
  @Endpoint({
    id: 'giveGroupApiRole',
    summary: 'Gives the role to all members of a group; one that is given already stays as it is',
    scope: 'users:write',
    reach: 'people',
    answer: 'ApiRoleAssignment',
  })
  giveToGroup(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('group_id') groupId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.give(write, tenant, roleId, { groupId });
  }

  @Delete('groups/:group_id')
  @Endpoint({
    id: 'takeGroupApiRole',
    summary: 'Takes the role from all members of a group; the next token has it no longer',
    scope: 'users:write',
    reach: 'people',
  })
  takeFromGroup(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('group_id') groupId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.take(write, tenant, roleId, { groupId });
  }

  @Put('clients/:client_id')
  @Endpoint({
    id: 'giveClientApiRole',
    summary: 'Gives the role to a client that acts for itself; one that is given already stays as it is',
    scope: 'clients:write',
    reach: 'secrets',
    answer: 'ApiRoleAssignment',
  })
  giveToClient(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('client_id') clientId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.give(write, tenant, roleId, { clientId });
  }

  @Delete('clients/:client_id')
  @Endpoint({
    id: 'takeClientApiRole',
    summary: 'Takes the role from a client that acts for itself; the next token has it no longer',
    scope: 'clients:write',
    reach: 'secrets',
  })
  takeFromClient(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') roleId: string,
    @Param('client_id') clientId: string,
  ): Promise<WriteAnswer> {
    return this.assignments.take(write, tenant, roleId, { clientId });
  }
}
