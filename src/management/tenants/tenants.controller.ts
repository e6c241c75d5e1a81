import { Body, Controller, Get, Headers, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { Caller } from '../kit/principal.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { TenantManagement } from './tenant-management.js';
import { CreateTenantDto, DryRunQuery, ListTenantsQuery, UpdateTenantDto } from './tenants.dto.js';
import { withEtag } from '../kit/with-etag.js';
import type { View } from '../kit/view.js';

@ManagementController('Tenants')
@Controller('api/v1/tenants')
export class TenantsController {
  constructor(private readonly tenants: TenantManagement) {}

  @Get()
  @Endpoint({
    id: 'listTenants',
    summary: 'The tenants the caller may see: every one for operators, else its own',
    scope: 'tenants:read',
    reach: 'none',
    query: ListTenantsQuery,
    answer: 'TenantPage',
  })
  list(@CurrentCaller() caller: Caller, @Query() query: ListTenantsQuery): Promise<Page<View>> {
    return this.tenants.list(caller, query);
  }

  @Post()
  @Endpoint({
    id: 'createTenant',
    summary: 'Onboards a tenant, with signing keys of its own. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: CreateTenantDto,
    answer: 'Tenant',
    creates: true,
    versioned: true,
  })
  create(@CurrentWrite() write: ManagementWrite, @Body() body: CreateTenantDto): Promise<WriteAnswer> {
    return this.tenants.create(write, body);
  }

  @Get(':tenant')
  @Endpoint({
    id: 'getTenant',
    summary: 'One tenant',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'Tenant',
    versioned: true,
  })
  get(@TargetTenantEntity() tenant: TenantEntity, @Res({ passthrough: true }) response: Response): View {
    return withEtag(response, tenant.version, this.tenants.view(tenant), tenant.inherited.revision);
  }

  @Patch(':tenant')
  @Endpoint({
    id: 'updateTenant',
    summary:
      'Changes members by JSON Merge Patch. Only operators change the status; branding:write is for branding alone',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    body: UpdateTenantDto,
    query: DryRunQuery,
    answer: 'Tenant',
    dryRunAnswer: 'PolicyDryRun',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: UpdateTenantDto,
    @Query() { dry_run: dryRun }: DryRunQuery,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    if (dryRun === 'true') return this.tenants.dryRun(write.caller, tenant, body);
    return this.tenants.update(write, tenant, body, ifMatch);
  }
}
