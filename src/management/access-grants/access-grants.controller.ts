import { Body, Controller, Delete, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
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
import { AccessGrantManagement } from './access-grant-management.js';
import { accessGrantView } from './access-grant.view.js';
import { CreateAccessGrantDto } from './access-grants.dto.js';

@ManagementController('Access grants')
@Controller('api/v1/tenants/:tenant/access-grants')
export class AccessGrantsController {
  constructor(private readonly grants: AccessGrantManagement) {}

  @Get()
  @Endpoint({
    id: 'listAccessGrants',
    summary: 'Access of operators to people and secrets of the tenant, past and present, newest first',
    scope: 'audit:read',
    reach: 'none',
    query: PageQuery,
    answer: 'AccessGrantPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<View>> {
    return this.grants.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createAccessGrant',
    summary: 'Gives the operator who calls access for a time, or asks the owners of the tenant for it. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    body: CreateAccessGrantDto,
    answer: 'AccessGrant',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateAccessGrantDto,
  ): Promise<WriteAnswer> {
    return this.grants.create(write, tenant, body);
  }

  @Get(':access_grant_id')
  @Endpoint({
    id: 'getAccessGrant',
    summary: 'One access grant or request',
    scope: 'audit:read',
    reach: 'none',
    answer: 'AccessGrant',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('access_grant_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const grant = await this.grants.get(tenant, id);
    return withEtag(response, grant.version, accessGrantView(grant));
  }

  @Post(':access_grant_id/approve')
  @Endpoint({
    id: 'approveAccessGrant',
    summary: 'Approves a request: the access begins now. Administrators of the tenant itself only',
    scope: 'tenants:write',
    reach: 'none',
    answer: 'AccessGrant',
    versioned: true,
  })
  approve(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('access_grant_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.grants.approve(write, tenant, id, ifMatch);
  }

  @Delete(':access_grant_id')
  @Endpoint({
    id: 'endAccessGrant',
    summary:
      'Ends the access at once, or refuses a request; it stays in the list. Operators end their own with tenants:read',
    scope: 'tenants:write',
    narrowerScope: 'tenants:read',
    reach: 'none',
    versioned: true,
  })
  end(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('access_grant_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.grants.end(write, tenant, id, ifMatch);
  }
}
