import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { ForgottenPasswordFlow } from './forgotten-password.flow.js';

@PageController('forgot-password')
export class ForgottenPasswordController {
  constructor(private readonly flow: ForgottenPasswordFlow) {}

  /** Who forgot a password, or with `sent` the code of the mail. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('sent') sent?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, sent);
  }

  /** A user name or an e-mail address. */
  @PostForm('recovery')
  ask(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.ask(request, response, tenant, params);
  }

  /** The code of the mail, in the browser that asked. */
  @PostForm('recovery', 'code')
  enterCode(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.enterCode(request, response, tenant, params);
  }
}
