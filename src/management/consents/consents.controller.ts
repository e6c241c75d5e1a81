import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { ConsentManagement } from './consent-management.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { ListConsentsQuery } from './consents.dto.js';
import type { View } from '../kit/view.js';

@ManagementController('Consents')
@Controller('api/v1/tenants/:tenant/consents')
export class ConsentsController {
  constructor(private readonly consents: ConsentManagement) {}

  @Get()
  @Endpoint({
    id: 'listConsents',
    summary: 'What users allowed clients, oldest first',
    scope: 'consents:read',
    reach: 'people',
    query: ListConsentsQuery,
    answer: 'ConsentPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListConsentsQuery): Promise<Page<View>> {
    return this.consents.list(tenant, query);
  }

  @Get(':consent_id')
  @Endpoint({ id: 'getConsent', summary: 'One consent', scope: 'consents:read', reach: 'people', answer: 'Consent' })
  get(@TargetTenant() tenant: Tenant, @Param('consent_id') id: string): Promise<View> {
    return this.consents.get(tenant, id);
  }

  @Delete(':consent_id')
  @Endpoint({
    id: 'withdrawConsent',
    summary: 'Withdraws the consent; every token under it ends at once',
    scope: 'consents:write',
    reach: 'people',
  })
  withdraw(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('consent_id') id: string,
  ): Promise<WriteAnswer> {
    return this.consents.withdraw(write, tenant, id);
  }
}
