import { Get, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { SignInFlow } from './sign-in.flow.js';
import { PageController, PostForm } from '../page.decorators.js';

@PageController('sign-in')
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
  @PostForm('sign-in')
  signIn(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.signIn(request, response, tenant, params);
  }

  /** Goes on as the person who is signed in already (`prompt=select_account`). */
  @PostForm('continue', 'continue')
  continue(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.continue(request, response, tenant, params);
  }
}
