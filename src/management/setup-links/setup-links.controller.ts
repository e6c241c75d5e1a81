import { Body, Controller, Delete, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
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
import { SetupLinkManagement } from './setup-link-management.js';
import { CreateSetupLinkDto, ListSetupLinksQuery } from './setup-links.dto.js';

@ManagementController('Setup links')
@Controller('api/v1/tenants/:tenant/setup-links')
export class SetupLinksController {
  constructor(private readonly links: SetupLinkManagement) {}

  @Get()
  @Endpoint({
    id: 'listSetupLinks',
    summary: 'The setup links of the last months, newest first',
    scope: 'tenants:read',
    reach: 'invitations',
    query: ListSetupLinksQuery,
    answer: 'SetupLinkPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListSetupLinksQuery): Promise<Page<View>> {
    return this.links.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createSetupLink',
    summary: 'Makes a link with which somebody without an account sets the tenant up. Its address is told once',
    scope: 'tenants:write',
    narrowerScope: 'branding:write',
    reach: 'invitations',
    body: CreateSetupLinkDto,
    answer: 'CreatedSetupLink',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateSetupLinkDto,
  ): Promise<WriteAnswer> {
    return this.links.create(write, tenant, body);
  }

  @Get(':setup_link_id')
  @Endpoint({
    id: 'getSetupLink',
    summary: 'One setup link, and what was done with it',
    scope: 'tenants:read',
    reach: 'invitations',
    answer: 'SetupLink',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('setup_link_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const link = await this.links.get(tenant, id);
    return withEtag(response, link.version, await this.links.view(tenant, link));
  }

  @Delete(':setup_link_id')
  @Endpoint({
    id: 'revokeSetupLink',
    summary: 'Revokes a setup link: it and its sessions end at once. It stays in the list',
    scope: 'tenants:write',
    narrowerScope: 'branding:write',
    reach: 'invitations',
    versioned: true,
  })
  revoke(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('setup_link_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.links.revoke(write, tenant, id, ifMatch);
  }
}
