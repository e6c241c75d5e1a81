import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { SignUpLinkFlow } from './sign-up-link.flow.js';

@PageController('sign-up-link')
export class SignUpLinkController {
  constructor(private readonly flow: SignUpLinkFlow) {}

  /** Says what the button will do. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token = '',
  ): Promise<void> {
    return this.flow.show(request, response, tenant, token);
  }

  /** Makes the account. */
  @PostForm('mail-link')
  confirm(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.confirm(request, response, tenant, params);
  }
}
