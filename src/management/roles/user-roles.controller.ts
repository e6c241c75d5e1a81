import { Controller, Delete, Get, Param, Put } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { RoleAssignmentManagement } from './role-assignment-management.js';

@ManagementController('Roles')
@Controller('api/v1/tenants/:tenant/users/:user_id/roles')
export class UserRolesController {
  constructor(private readonly assignments: RoleAssignmentManagement) {}

  @Get()
  @Endpoint({
    id: 'getUserRoles',
    summary: 'The roles of a user at the management API',
    scope: 'roles:read',
    reach: 'people',
    answer: 'RoleAssignments',
  })
  list(@TargetTenant() tenant: Tenant, @Param('user_id') userId: string): Promise<View> {
    return this.assignments.list(tenant, { userId });
  }

  @Put(':role')
  @Endpoint({
    id: 'giveUserRole',
    summary: 'Gives a role, whose permissions the caller has; one that is given already stays as it is',
    scope: 'roles:write',
    reach: 'people',
    answer: 'RoleAssignment',
  })
  give(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') userId: string,
    @Param('role') role: string,
  ): Promise<WriteAnswer> {
    return this.assignments.give(write, tenant, { userId }, role);
  }

  @Delete(':role')
  @Endpoint({
    id: 'takeUserRole',
    summary: 'Takes a role; what it allowed ends at once',
    scope: 'roles:write',
    reach: 'people',
  })
  take(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') userId: string,
    @Param('role') role: string,
  ): Promise<WriteAnswer> {
    return this.assignments.take(write, tenant, { userId }, role);
  }
}
