import { Controller, Get, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import { UsageManagement } from './usage-management.js';
import { UsageQuery } from './usage.query.js';

@ManagementController('Usage')
@Controller('api/v1/tenants/:tenant/usage')
export class UsageController {
  constructor(private readonly usage: UsageManagement) {}

  @Get()
  @Endpoint({
    id: 'getUsage',
    summary: 'How much the tenant was used, day by day in UTC, until this moment. Days are kept for 400 days',
    scope: 'tenants:read',
    reach: 'none',
    query: UsageQuery,
    answer: 'Usage',
  })
  get(@TargetTenant() tenant: Tenant, @Query() query: UsageQuery): Promise<View> {
    return this.usage.get(tenant, query);
  }
}
