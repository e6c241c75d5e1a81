import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { ApiManagement } from './api-management.js';
import { CreateApiDto, ListApisQuery, UpdateApiDto } from './apis.dto.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { withEtag } from '../kit/with-etag.js';
import { apiView } from './api.view.js';
import type { View } from '../kit/view.js';

@ManagementController('APIs')
@Controller('api/v1/tenants/:tenant/apis')
export class ApisController {
  constructor(private readonly apis: ApiManagement) {}

  @Get()
  @Endpoint({
    id: 'listApis',
    summary: 'The protected resources, oldest first unless `search` or `sort` says otherwise',
    scope: 'apis:read',
    reach: 'none',
    query: ListApisQuery,
    answer: 'ApiPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListApisQuery): Promise<Page<View>> {
    return this.apis.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createApi',
    summary: 'Registers a protected resource with its scopes and the format of its tokens',
    scope: 'apis:write',
    reach: 'none',
    body: CreateApiDto,
    answer: 'Api',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateApiDto,
  ): Promise<WriteAnswer> {
    return this.apis.create(write, tenant, body);
  }

  @Get(':api_id')
  @Endpoint({
    id: 'getApi',
    summary: 'One protected resource',
    scope: 'apis:read',
    reach: 'none',
    answer: 'Api',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('api_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const api = await this.apis.get(tenant, id);
    return withEtag(response, api.version, apiView(api));
  }

  @Patch(':api_id')
  @Endpoint({
    id: 'updateApi',
    summary: 'Changes members by JSON Merge Patch; the identifier stays',
    scope: 'apis:write',
    reach: 'none',
    body: UpdateApiDto,
    answer: 'Api',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_id') id: string,
    @Body() body: UpdateApiDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.apis.update(write, tenant, { id, body, ifMatch });
  }

  @Delete(':api_id')
  @Endpoint({
    id: 'deleteApi',
    summary: 'Removes the protected resource; no token is issued for it any more',
    scope: 'apis:write',
    reach: 'none',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('api_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.apis.delete(write, tenant, id, ifMatch);
  }
}
