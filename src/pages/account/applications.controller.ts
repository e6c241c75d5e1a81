import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { ApplicationsFlow } from './applications.flow.js';

@PageController('account')
export class ApplicationsController {
  constructor(private readonly flow: ApplicationsFlow) {}

  /** The applications the person has allowed. */
  @Get('applications')
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** Takes back what an application was allowed; its tokens end at once. */
  @PostForm('account/applications', 'withdraw')
  withdraw(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.withdraw(request, response, tenant, params.get('client_id'));
  }
}
