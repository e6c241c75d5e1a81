import { Controller, Get, Header, Query, UseFilters, UseGuards } from '@nestjs/common';
import { SLUG } from '../../tenants/tenant-addresses.js';
import { PlatformGuard } from '../../tenants/tenant.guard.js';
import { invalidParameter } from '../kit/problem.js';
import { ApiDescription } from './api-description.js';
import { ProblemFilter } from '../kit/problem.filter.js';

@UseGuards(PlatformGuard)
@UseFilters(ProblemFilter)
@Controller('api/v1')
export class OpenApiController {
  constructor(private readonly description: ApiDescription) {}

  /**
   * The management API described in OpenAPI 3.1. Public, like the code it is made from. `?tenant=<slug>` names the
   * sign-in of that tenant's administrators instead of the operators'. Whether there is such a tenant is not looked up.
   */
  @Get('openapi.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=300')
  describe(@Query('tenant') tenant?: unknown): Promise<string> {
    if (tenant === undefined) return this.description.documentFor();
    if (typeof tenant !== 'string' || !SLUG.test(tenant)) throw invalidParameter('tenant', 'must be a tenant’s slug');
    return this.description.documentFor(tenant);
  }
}
