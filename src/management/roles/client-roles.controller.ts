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
@Controller('api/v1/tenants/:tenant/clients/:client_id/roles')
export class ClientRolesController {
  constructor(private readonly assignments: RoleAssignmentManagement) {}

  @Get()
  @Endpoint({
    id: 'getClientRoles',
    summary: 'The roles of a client that acts for itself at the management API',
    scope: 'roles:read',
    reach: 'none',
    answer: 'RoleAssignments',
  })
  list(@TargetTenant() tenant: Tenant, @Param('client_id') clientId: string): Promise<View> {
    return this.assignments.list(tenant, { clientId });
  }

  @Put(':role')
  @Endpoint({
    id: 'giveClientRole',
    summary: 'Gives a role, whose permissions the caller has; one that is given already stays as it is',
    scope: 'roles:write',
    reach: 'secrets',
    answer: 'RoleAssignment',
  })
  give(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('role') role: string,
  ): Promise<WriteAnswer> {
    return this.assignments.give(write, tenant, { clientId }, role);
  }

  @Delete(':role')
  @Endpoint({
    id: 'takeClientRole',
    summary: 'Takes a role; what it allowed ends at once',
    scope: 'roles:write',
    reach: 'secrets',
  })
  take(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('role') role: string,
  ): Promise<WriteAnswer> {
    return this.assignments.take(write, tenant, { clientId }, role);
  }
}
