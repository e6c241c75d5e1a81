import { Controller, Get, Query } from '@nestjs/common';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, TargetTenantEntity } from '../kit/management.guard.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { EffectivePolicyQuery } from './policies.dto.js';
import { PolicyExplanation } from './policy-explanation.js';

@ManagementController('Policies')
@Controller('api/v1/tenants/:tenant/policy')
export class EffectivePolicyController {
  constructor(private readonly explanation: PolicyExplanation) {}

  @Get('effective')
  @Endpoint({
    id: 'getEffectivePolicy',
    summary: 'What holds at the tenant, or for one of its clients (clients:read), and where each value comes from',
    scope: 'tenants:read',
    reach: 'none',
    query: EffectivePolicyQuery,
    answer: 'PolicyInEffect',
  })
  get(
    @CurrentCaller() caller: Caller,
    @TargetTenantEntity() tenant: TenantEntity,
    @Query() query: EffectivePolicyQuery,
  ): Promise<View> {
    return this.explanation.of(caller, tenant, query);
  }
}
