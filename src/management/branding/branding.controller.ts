import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { BrandingManagement } from './branding-management.js';
import { PublishBrandingDto, UpdateBrandingDraftDto } from './branding.dto.js';

@ManagementController('Branding')
@Controller('api/v1/tenants/:tenant/branding')
export class BrandingController {
  constructor(private readonly branding: BrandingManagement) {}

  @Get()
  @Endpoint({
    id: 'getBrandingDraft',
    summary: 'The draft of the look and the texts, or what is published when there is none, with what cannot be read',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'BrandingDraft',
    versioned: true,
  })
  async get(@TargetTenantEntity() tenant: TenantEntity, @Res({ passthrough: true }) response: Response): Promise<View> {
    const { version, view } = await this.branding.get(tenant);
    return withEtag(response, version, view, String(tenant.version));
  }

  @Patch()
  @Endpoint({
    id: 'updateBrandingDraft',
    summary: 'Changes the draft by JSON Merge Patch, or begins one from what is published. People see nothing of it',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    body: UpdateBrandingDraftDto,
    answer: 'BrandingDraft',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: UpdateBrandingDraftDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.branding.update(write, tenant, body, ifMatch);
  }

  @Delete()
  @Endpoint({
    id: 'discardBrandingDraft',
    summary: 'Discards the draft; what is published stays',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    versioned: true,
  })
  discard(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.branding.discard(write, tenant, ifMatch);
  }

  @Post('publish')
  @Endpoint({
    id: 'publishBranding',
    summary: 'Puts the draft in the place of what is published. Refused while colours cannot be read',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    body: PublishBrandingDto,
    answer: 'BrandingVersion',
    creates: true,
  })
  publish(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: PublishBrandingDto = {},
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.branding.publish(write, tenant, body, ifMatch);
  }

  @Post('previews')
  @Endpoint({
    id: 'createBrandingPreview',
    summary: 'A link that shows every page and mail with the draft for an hour, to whoever has it',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    answer: 'BrandingPreview',
    creates: true,
  })
  preview(@CurrentWrite() write: ManagementWrite, @TargetTenantEntity() tenant: TenantEntity): Promise<WriteAnswer> {
    return this.branding.preview(write, tenant);
  }

  @Get('versions')
  @Endpoint({
    id: 'listBrandingVersions',
    summary: 'What was published, newest first: the last twenty',
    scope: 'tenants:read',
    reach: 'none',
    query: PageQuery,
    answer: 'BrandingVersionPage',
  })
  list(@TargetTenantEntity() tenant: TenantEntity, @Query() query: PageQuery): Promise<Page<View>> {
    return this.branding.listVersions(tenant, query);
  }

  @Get('versions/:number')
  @Endpoint({
    id: 'getBrandingVersion',
    summary: 'One version, with all that it holds',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'BrandingVersion',
  })
  getVersion(@TargetTenantEntity() tenant: TenantEntity, @Param('number') number: string): Promise<View> {
    return this.branding.getVersion(tenant, number);
  }

  @Post('versions/:number/revert')
  @Endpoint({
    id: 'revertBranding',
    summary: 'Publishes an earlier version again, as a new one. A draft stays',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    answer: 'BrandingVersion',
    creates: true,
  })
  revert(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('number') number: string,
  ): Promise<WriteAnswer> {
    return this.branding.revert(write, tenant, number);
  }
}
