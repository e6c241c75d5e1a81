import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { RoleManagement } from './role-management.js';
import { roleView } from './role.view.js';
import { CreateRoleDto, DeleteRoleQuery, UpdateRoleDto } from './roles.dto.js';

@ManagementController('Roles')
@Controller('api/v1/tenants/:tenant/roles')
export class RolesController {
  constructor(private readonly roles: RoleManagement) {}

  @Get()
  @Endpoint({
    id: 'listRoles',
    summary: 'The roles of administrators: those that are built in, and those of the tenant by name',
    scope: 'roles:read',
    reach: 'none',
    query: PageQuery,
    answer: 'RolePage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<View>> {
    return this.roles.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createRole',
    summary: 'Makes a role of the tenant’s own, of permissions that the caller has',
    scope: 'roles:write',
    reach: 'people',
    body: CreateRoleDto,
    answer: 'Role',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateRoleDto,
  ): Promise<WriteAnswer> {
    return this.roles.create(write, tenant, body);
  }

  @Get(':role')
  @Endpoint({ id: 'getRole', summary: 'One role', scope: 'roles:read', reach: 'none', answer: 'Role', versioned: true })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('role') name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const role = await this.roles.get(tenant, name);
    return withEtag(response, this.roles.versionOf(role), roleView(role));
  }

  @Patch(':role')
  @Endpoint({
    id: 'updateRole',
    summary: 'Changes members by JSON Merge Patch. Whoever has the role gains or loses permissions at once',
    scope: 'roles:write',
    reach: 'people',
    body: UpdateRoleDto,
    answer: 'Role',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('role') name: string,
    @Body() body: UpdateRoleDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.roles.update(write, tenant, { name, body, ifMatch });
  }

  @Delete(':role')
  @Endpoint({
    id: 'deleteRole',
    summary: 'Removes a role that nobody has; with `force` it is taken from everybody',
    scope: 'roles:write',
    reach: 'people',
    query: DeleteRoleQuery,
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('role') name: string,
    @Query() { force = false }: DeleteRoleQuery,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.roles.delete(write, tenant, { name, force, ifMatch });
  }
}
