import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { VerifyAddressFlow } from './verify-address.flow.js';

@PageController('verify-address')
export class VerifyAddressController {
  constructor(private readonly flow: VerifyAddressFlow) {}

  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  @PostForm('verify-address', 'send')
  mail(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.mail(request, response, tenant, params);
  }

  /** The code of the mail. */
  @PostForm('verify-address')
  check(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.check(request, response, tenant, params);
  }

  /** The link was opened elsewhere. */
  @PostForm('verify-address', 'continue')
  goOn(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.goOn(request, response, tenant, params);
  }
}
