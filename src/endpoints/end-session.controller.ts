import { Controller, Get, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { OAuthParameters } from '../oauth/parameters.js';
import { BrowserGuard } from '../pages/browser/browser.guard.js';
import type { PageRequest } from '../pages/browser/current-browser.js';
import { FormGuard, TakesForm } from '../pages/browser/form.guard.js';
import { PageErrorFilter } from '../pages/errors/page-error.filter.js';
import { SignOutFlow } from '../pages/sign-out/sign-out.flow.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { readForm } from '../protocol/form-body.js';
import { MethodsGuard } from '../protocol/methods.guard.js';
import { Params } from '../protocol/oauth-request.js';
import { queryOf } from '../protocol/query-text.js';
import { PATHS } from './endpoint-paths.js';

@ApiExcludeController()
@Controller(PATHS.endSession)
@UseGuards(TenantGuard, BrowserGuard)
@UseFilters(PageErrorFilter)
export class EndSessionController {
  constructor(private readonly flow: SignOutFlow) {}

  /** Logout request, OpenID Connect RP-Initiated Logout §2. */
  @Get()
  @UseGuards(new MethodsGuard('GET', 'POST'))
  get(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    const params = OAuthParameters.parse(queryOf(request)).refuseRepeated();
    return this.flow.begin(request, response, tenant, params);
  }

  /** The same as a form from the client's page; its cookies stayed behind, so a GET follows that brings them. */
  @Post()
  async post(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    await this.flow.keep(response, tenant, (await readForm(request)).refuseRepeated());
  }

  /** The person says yes. */
  @Post('confirm')
  @TakesForm('sign-out')
  @UseGuards(FormGuard)
  confirm(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.confirm(request, response, tenant, params.find('ticket'));
  }
}
