import { Get, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { SignUpFlow } from './sign-up.flow.js';

@PageController('sign-up')
export class SignUpController {
  constructor(private readonly flow: SignUpFlow) {}

  /** The form, for an authorization request or for the person's own account page. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Query('request') requestId?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, requestId);
  }

  /** Sends a mail. No account is made yet. */
  @PostForm('sign-up')
  begin(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.begin(request, response, tenant, params);
  }
}
