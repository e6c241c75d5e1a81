import { Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { PasskeySignInFlow } from './passkey-sign-in.flow.js';

@PageController('sign-in/passkey')
export class PasskeySignInController {
  constructor(private readonly flow: PasskeySignInFlow) {}

  /** What the browser needs to ask for one, as JSON for the script. */
  @PostForm('sign-in', 'options')
  options(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.options(request, response, tenant, params.find('request'));
  }

  @PostForm('sign-in')
  signIn(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.signIn(request, response, tenant, params);
  }
}
