import { Controller, Get, Param } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import { GrantUsageManagement } from './grant-usage-management.js';

@ManagementController('Clients')
@Controller('api/v1/tenants/:tenant/clients/:client_id/grant-usage')
export class GrantUsageController {
  constructor(private readonly usage: GrantUsageManagement) {}

  @Get()
  @Endpoint({
    id: 'getGrantUsage',
    summary: 'How often the client used the implicit and the password grant, by day, in the last 90 days',
    scope: 'clients:read',
    reach: 'none',
    answer: 'GrantUsage',
  })
  get(@TargetTenant() tenant: Tenant, @Param('client_id') clientId: string): Promise<View> {
    return this.usage.of(tenant, clientId);
  }
}
