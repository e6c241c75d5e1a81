import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { ReadinessReport } from '../../onboarding/readiness-report.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenantEntity } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import { readinessView } from './readiness.view.js';

@ManagementController('Tenants')
@Controller('api/v1/tenants/:tenant/readiness')
export class ReadinessController {
  constructor(
    private readonly report: ReadinessReport,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Endpoint({
    id: 'getReadiness',
    summary: 'What the tenant still needs before its people can sign in',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'Readiness',
  })
  async get(@TargetTenantEntity() tenant: TenantEntity): Promise<View> {
    return readinessView(await this.report.of(tenant), { publicUrl: this.config.publicUrl, slug: tenant.slug });
  }
}
