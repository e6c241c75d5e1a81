import { Body, Controller, Get, Headers, Patch, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { QuotaManagement } from './quota-management.js';
import { UpdateQuotasDto } from './quotas.dto.js';

@ManagementController('Quotas')
@Controller('api/v1/tenants/:tenant/quotas')
export class QuotasController {
  constructor(private readonly quotas: QuotaManagement) {}

  @Get()
  @Endpoint({
    id: 'getQuotas',
    summary: 'What the tenant may have and do, and what it uses of that. Its version is that of the tenant',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'Quotas',
    versioned: true,
  })
  async get(@TargetTenantEntity() tenant: TenantEntity, @Res({ passthrough: true }) response: Response): Promise<View> {
    return withEtag(response, tenant.version, await this.quotas.get(tenant));
  }

  @Patch()
  @Endpoint({
    id: 'updateQuotas',
    summary:
      'Changes members by JSON Merge Patch, each as a whole. Those of tenant `system` are the defaults of all others. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: UpdateQuotasDto,
    answer: 'Quotas',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: UpdateQuotasDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.quotas.update(write, tenant, body, ifMatch);
  }
}
