import { Controller, Get, Param, Query } from '@nestjs/common';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, TargetTenant, TargetTenantEntity } from '../kit/management.guard.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { TokenPreviewManagement } from './token-preview-management.js';
import { PreviewTokensQuery } from './token-previews.dto.js';

@ManagementController('Clients')
@Controller('api/v1/tenants/:tenant/clients/:client_id/token-preview')
export class TokenPreviewsController {
  constructor(private readonly previews: TokenPreviewManagement) {}

  @Get()
  @Endpoint({
    id: 'previewTokens',
    summary: 'What tokens the client would get for a user, or for itself, at this moment. None are issued',
    scope: 'clients:read',
    reach: 'people',
    query: PreviewTokensQuery,
    answer: 'TokenPreview',
  })
  preview(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @TargetTenantEntity() { status }: TenantEntity,
    @Param('client_id') clientId: string,
    @Query() query: PreviewTokensQuery,
  ): Promise<View> {
    return this.previews.preview(caller, { tenant, isServed: status === 'active' }, clientId, query);
  }
}
