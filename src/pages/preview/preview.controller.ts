import { Controller, Get, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { CurrentTenant, TenantGuard } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';
import { QueryText } from '../query-text.js';
import { PreviewFlow } from './preview.flow.js';

/** A branding that is not published, for who has the link. */
@Controller('branding/preview')
@UseGuards(TenantGuard)
@UseFilters(PageErrorFilter)
export class PreviewController {
  constructor(private readonly flow: PreviewFlow) {}

  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token = '',
  ): Promise<void> {
    return this.flow.show(request, response, tenant, token);
  }
}
