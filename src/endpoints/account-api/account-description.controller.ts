import { Controller, Get, Header, UseFilters, UseGuards } from '@nestjs/common';
import { CurrentTenant, TenantGuard } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import { AccountApiFilter } from './account-api.filter.js';
import { describeAccountApi } from './account-description.js';

@Controller('account/api')
@UseGuards(TenantGuard)
@UseFilters(AccountApiFilter)
export class AccountDescriptionController {
  /** The account API in OpenAPI 3.1. Public, like the code it is made from. */
  @Get('openapi.json')
  @Header('Cache-Control', 'public, max-age=300')
  describe(@CurrentTenant() tenant: Tenant): object {
    return describeAccountApi(tenant.issuer);
  }
}
