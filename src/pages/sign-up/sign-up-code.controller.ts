import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { SignUpCodeFlow } from './sign-up-code.flow.js';

@PageController('sign-up-code')
export class SignUpCodeController {
  constructor(private readonly flow: SignUpCodeFlow) {}

  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('id') id = '',
  ): Promise<void> {
    return this.flow.show(request, response, tenant, id);
  }

  /** The code makes the account. */
  @PostForm('sign-up')
  check(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.check(request, response, tenant, params);
  }

  @PostForm('sign-up', 'resend')
  resend(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.resend(request, response, tenant, params);
  }

  /** The link was opened elsewhere. */
  @PostForm('sign-up', 'continue')
  goOn(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.goOn(request, response, tenant, params);
  }
}
