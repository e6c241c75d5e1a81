import { Controller, Delete, Get, Param } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { FactorManagement } from './factor-management.js';

@ManagementController('Users')
@Controller('api/v1/tenants/:tenant/users/:user_id/factors')
export class FactorsController {
  constructor(private readonly factors: FactorManagement) {}

  @Get()
  @Endpoint({
    id: 'getUserFactors',
    summary: 'The second factors that the user has set up',
    scope: 'users:read',
    reach: 'people',
    answer: 'UserFactors',
  })
  list(@TargetTenant() tenant: Tenant, @Param('user_id') userId: string): Promise<View> {
    return this.factors.list(tenant, userId);
  }

  @Delete(':factor')
  @Endpoint({
    id: 'resetUserFactor',
    summary: 'Takes a second factor from a user who lost it, and forgets the browsers that were remembered with it',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  reset(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') userId: string,
    @Param('factor') factor: string,
  ): Promise<WriteAnswer> {
    return this.factors.reset(write, tenant, userId, factor);
  }
}
