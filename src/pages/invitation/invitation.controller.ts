import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { InvitationFlow } from './invitation.flow.js';

@PageController('invitation')
export class InvitationController {
  constructor(private readonly flow: InvitationFlow) {}

  /** The form that makes the account. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token = '',
  ): Promise<void> {
    return this.flow.show(request, response, tenant, token);
  }

  /** Makes the account, with the address that the mail was sent to. */
  @PostForm('mail-link')
  accept(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.accept(request, response, tenant, params);
  }
}
