import { Controller, Get, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import { BrowserGuard } from '../browser/browser.guard.js';
import type { PageRequest } from '../browser/current-browser.js';
import { ConsentFlow } from './consent.flow.js';
import { FormGuard, TakesForm } from '../browser/form.guard.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';

@ApiExcludeController()
@Controller('consent')
@UseGuards(TenantGuard, BrowserGuard)
@UseFilters(PageErrorFilter)
export class ConsentController {
  constructor(private readonly flow: ConsentFlow) {}

  /** What the client asks for, and two buttons. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Query('request') requestId?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, requestId ?? '');
  }

  /** "Not you?": signs in with another account, for the same request. */
  @Post('switch')
  @TakesForm('consent')
  @UseGuards(FormGuard)
  switchAccount(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.switchAccount(request, response, tenant, params.get('request'));
  }

  /** Which of them. */
  @Post()
  @TakesForm('consent')
  @UseGuards(FormGuard)
  decide(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.decide(request, response, tenant, params);
  }
}
