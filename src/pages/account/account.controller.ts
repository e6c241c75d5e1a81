import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import { AccountFlow } from './account.flow.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';

@PageController('account')
export class AccountController {
  constructor(private readonly flow: AccountFlow) {}

  /** The applications the person has allowed, and where they are signed in. */
  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** Takes back what an application was allowed; its tokens end at once. */
  @PostForm('account', 'withdraw')
  withdraw(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.withdraw(request, response, tenant, params.get('client_id'));
  }

  /** Signs the person out in another browser. */
  @PostForm('sessions', 'end-session')
  endSession(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.endSessions(request, response, tenant, params.get('session'));
  }

  /** The same in all others. */
  @PostForm('sessions', 'end-other-sessions')
  endOtherSessions(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
  ): Promise<void> {
    return this.flow.endSessions(request, response, tenant);
  }
}
