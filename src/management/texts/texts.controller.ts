import { Body, Controller, Get, Headers, Param, Patch, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { TextManagement } from './text-management.js';
import { ListTextsQuery, UpdateTextsDto } from './texts.dto.js';

@ManagementController('Texts')
@Controller('api/v1/tenants/:tenant/texts')
export class TextsController {
  constructor(private readonly texts: TextManagement) {}

  @Get()
  @Endpoint({
    id: 'listTexts',
    summary: 'Every text of the pages and mails in a language: ours, and what the tenant wrote in its place',
    scope: 'tenants:read',
    reach: 'none',
    query: ListTextsQuery,
    answer: 'TextPage',
  })
  list(@TargetTenantEntity() tenant: TenantEntity, @Query() query: ListTextsQuery): Promise<Page<View>> {
    return this.texts.list(tenant, query);
  }

  @Get(':locale')
  @Endpoint({
    id: 'getOwnTexts',
    summary: 'What the tenant wrote itself in a language. Its version is that of the tenant',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'OwnTexts',
    versioned: true,
  })
  get(
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('locale') locale: string,
    @Res({ passthrough: true }) response: Response,
  ): View {
    return withEtag(response, tenant.version, this.texts.get(tenant, locale));
  }

  @Patch(':locale')
  @Endpoint({
    id: 'updateOwnTexts',
    summary: 'Puts texts in the place of ours by JSON Merge Patch; null goes back to ours',
    scope: 'tenants:write',
    reach: 'none',
    narrowerScope: 'branding:write',
    body: UpdateTextsDto,
    answer: 'OwnTexts',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('locale') localeName: string,
    @Body() body: UpdateTextsDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.texts.update(write, tenant, { localeName, body, ifMatch });
  }
}
