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
import { ApiRoleManagement } from './api-role-management.js';
import { apiRoleView } from './api-role.view.js';
import { CreateApiRoleDto, ListApiRolesQuery, UpdateApiRoleDto } from './api-roles.dto.js';

@ManagementController('API roles')
@Controller('api/v1/tenants/:tenant/api-roles')
export class ApiRolesController {
  constructor(private readonly roles: ApiRoleManagement) {}

  @Get()
  @Endpoint({
    id: 'listApiRoles',
    summary: 'The roles of the tenant’s own APIs, oldest first',
    scope: 'apis:read',
    reach: 'none',
    query: ListApiRolesQuery,
    answer: 'ApiRolePage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListApiRolesQuery): Promise<Page<View>> {
    return this.roles.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createApiRole',
    summary: 'Makes a role of an API, of scopes that the API has',
    scope: 'apis:write',
    reach: 'none',
    body: CreateApiRoleDto,
    answer: 'ApiRole',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateApiRoleDto,
  ): Promise<WriteAnswer> {
    return this.roles.create(write, tenant, body);
  }

  @Get(':api_role_id')
  @Endpoint({
    id: 'getApiRole',
    summary: 'One role',
    scope: 'apis:read',
    reach: 'none',
    answer: 'ApiRole',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const role = await this.roles.get(tenant, id);
    return withEtag(response, role.version, apiRoleView(role));
  }

  @Patch(':api_role_id')
  @Endpoint({
    id: 'updateApiRole',
    summary: 'Changes members by JSON Merge Patch, for the tokens from the next one on; the API stays',
    scope: 'apis:write',
    reach: 'none',
    body: UpdateApiRoleDto,
    answer: 'ApiRole',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') id: string,
    @Body() body: UpdateApiRoleDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.roles.update(write, tenant, { id, body, ifMatch });
  }

  @Delete(':api_role_id')
  @Endpoint({
    id: 'deleteApiRole',
    summary: 'Removes a role, and takes it from all who have it',
    scope: 'apis:write',
    reach: 'none',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_role_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.roles.delete(write, tenant, id, ifMatch);
  }
}
