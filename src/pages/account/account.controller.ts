import { Controller, Get, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import { AccountFlow } from './account.flow.js';
import { BrowserGuard } from '../browser/browser.guard.js';
import type { PageRequest } from '../browser/current-browser.js';
import { FormGuard, TakesForm } from '../browser/form.guard.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';

@ApiExcludeController()
@Controller('account')
@UseGuards(TenantGuard, BrowserGuard)
@UseFilters(PageErrorFilter)
export class AccountController {
  constructor(private readonly flow: AccountFlow) {}

  /** The applications the person has allowed. */
  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** Takes back what an application was allowed; its tokens end at once. */
  @Post('withdraw')
  @TakesForm('account')
  @UseGuards(FormGuard)
  withdraw(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.withdraw(request, response, tenant, params.get('client_id'));
  }
}
