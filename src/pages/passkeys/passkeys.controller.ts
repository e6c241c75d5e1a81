import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { PasskeysFlow } from './passkeys.flow.js';

@PageController('account/passkeys')
export class PasskeysController {
  constructor(private readonly flow: PasskeysFlow) {}

  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** What the browser needs to make one, as JSON for the script. */
  @PostForm('account/passkeys', 'options')
  options(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.options(request, response, tenant);
  }

  @PostForm('account/passkeys')
  add(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.add(request, response, tenant, params.find('credential'));
  }

  @PostForm('account/passkeys', 'rename')
  rename(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.rename(request, response, tenant, params);
  }

  @PostForm('account/passkeys', 'remove')
  remove(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.remove(request, response, tenant, params.get('passkey'));
  }
}
