import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { AccountFactorsFlow } from './account-factors.flow.js';

const PURPOSE = 'account/second-factor';

@PageController('account/second-factor')
export class AccountFactorsController {
  constructor(private readonly flow: AccountFactorsFlow) {}

  /** What is set up. Its forms lead back here when they are opened by their addresses. */
  @Get(['', 'remove', 'recovery-codes', 'forget'])
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  @PostForm(PURPOSE, 'remove')
  remove(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.remove(request, response, tenant, params.get('factor'));
  }

  @PostForm(PURPOSE, 'recovery-codes')
  renewCodes(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.renewCodes(request, response, tenant);
  }

  /** The second factor is asked for in every browser again. */
  @PostForm(PURPOSE, 'forget')
  forget(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.forgetDevices(request, response, tenant);
  }
}
