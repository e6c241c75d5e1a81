import { Body, Controller, Delete, Get, Headers, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { created } from '../kit/created.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, TargetTenantEntity } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { TenantManagement } from './tenant-management.js';
import { CreateTenantDto, UpdateTenantDto } from './tenants.dto.js';
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
    query: PageQuery,
    answer: 'TenantPage',
  })
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<View>> {
    return this.tenants.list(caller, query);
  }

  @Post()
  @Endpoint({
    id: 'createTenant',
    summary: 'Onboards a tenant, with signing keys of its own. Operators only',
    scope: 'tenants:write',
    body: CreateTenantDto,
    answer: 'Tenant',
    creates: true,
    versioned: true,
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateTenantDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const tenant = await this.tenants.create(caller, body);
    return created(response, tenant, this.tenants.view(tenant));
  }

  @Get(':tenant')
  @Endpoint({ id: 'getTenant', summary: 'One tenant', scope: 'tenants:read', answer: 'Tenant', versioned: true })
  get(@TargetTenantEntity() tenant: TenantEntity, @Res({ passthrough: true }) response: Response): View {
    return withEtag(response, tenant.version, this.tenants.view(tenant));
  }

  @Patch(':tenant')
  @Endpoint({
    id: 'updateTenant',
    summary: 'Changes members by JSON Merge Patch. Only operators change the status',
    scope: 'tenants:write',
    body: UpdateTenantDto,
    answer: 'Tenant',
    versioned: true,
  })
  async update(
    @CurrentCaller() caller: Caller,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: UpdateTenantDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<View> {
    const updated = await this.tenants.update(caller, tenant, body, ifMatch);
    return withEtag(response, updated.version, this.tenants.view(updated));
  }

  @Delete(':tenant')
  @Endpoint({
    id: 'deleteTenant',
    summary: 'Removes a suspended tenant with everything it has. Operators only',
    scope: 'tenants:write',
    versioned: true,
  })
  delete(
    @CurrentCaller() caller: Caller,
    @TargetTenantEntity() tenant: TenantEntity,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.tenants.delete(caller, tenant, ifMatch);
  }
}
