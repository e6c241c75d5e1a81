import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import { IsOptional, IsUUID, MaxLength } from 'class-validator';
import type { Tenant } from '../tenants/tenant.js';
import { ConsentManagement } from './consent-management.js';
import { ManagementController } from './management-controller.decorator.js';
import { CurrentCaller, RequireScope, TargetTenant } from './management.guard.js';
import { type Page, PageQuery } from './page.js';
import type { Caller } from './principal.js';
import { IsSingleLine } from './validators.js';
import type { ConsentView } from './views.js';

export class ListConsentsQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  client_id?: string;
}

@ManagementController('Consents')
@ApiParam({ name: 'tenant', description: 'Id or slug' })
@Controller('api/v1/tenants/:tenant/consents')
export class ConsentsController {
  constructor(private readonly consents: ConsentManagement) {}

  @Get()
  @RequireScope('consents:read')
  list(@TargetTenant() tenant: Tenant, @Query() query: ListConsentsQuery): Promise<Page<ConsentView>> {
    return this.consents.list(tenant, query);
  }

  @Get(':consent_id')
  @RequireScope('consents:read')
  get(@TargetTenant() tenant: Tenant, @Param('consent_id') id: string): Promise<ConsentView> {
    return this.consents.get(tenant, id);
  }

  @Delete(':consent_id')
  @HttpCode(204)
  @RequireScope('consents:write')
  @ApiOperation({ summary: 'Withdraws the consent; every token under it ends at once' })
  withdraw(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('consent_id') id: string,
  ): Promise<void> {
    return this.consents.withdraw(caller, tenant, id);
  }
}
