import { Controller, Get, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import { BrowserGuard } from '../browser/browser.guard.js';
import type { PageRequest } from '../browser/current-browser.js';
import { FormGuard, TakesForm } from '../browser/form.guard.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';
import { SignInFlow } from './sign-in.flow.js';

@ApiExcludeController()
@Controller('sign-in')
@UseGuards(TenantGuard, BrowserGuard)
@UseFilters(PageErrorFilter)
export class SignInController {
  constructor(private readonly flow: SignInFlow) {}

  /** The sign-in page, for an authorization request or for the person's own account page. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Query('request') requestId?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, requestId);
  }

  /** User name and password. */
  @Post()
  @TakesForm('sign-in')
  @UseGuards(FormGuard)
  signIn(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.signIn(request, response, tenant, params);
  }

  /** Goes on as the person who is signed in already (`prompt=select_account`). */
  @Post('continue')
  @TakesForm('continue')
  @UseGuards(FormGuard)
  continue(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.continue(request, response, tenant, params.get('request'));
  }
}
