import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { SessionsFlow } from './sessions.flow.js';

@PageController('account')
export class SessionsController {
  constructor(private readonly flow: SessionsFlow) {}

  /** Where the person is signed in. */
  @Get('sessions')
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** Signs the person out in another browser. */
  @PostForm('account/sessions', 'end-session')
  endSession(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.endSessions(request, response, tenant, params.get('session'));
  }

  /** The same in all others. */
  @PostForm('account/sessions', 'end-other-sessions')
  endOtherSessions(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
  ): Promise<void> {
    return this.flow.endSessions(request, response, tenant);
  }
}
