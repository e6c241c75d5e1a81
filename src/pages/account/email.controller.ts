import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { EmailFlow } from './email.flow.js';

@PageController('account')
export class EmailController {
  constructor(private readonly flow: EmailFlow) {}

  @Get('email')
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('sent') sent?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, sent);
  }

  /** Sends a link and a code to the new address. */
  @PostForm('account/email', 'email')
  begin(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.begin(request, response, tenant, params);
  }

  /** The code, typed in the browser that asked. */
  @PostForm('account/email', 'email-code')
  confirmByCode(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.confirmByCode(request, response, tenant, params);
  }

  /** Where the link of the mail leads, on whatever device. It only asks. */
  @Get('confirm-email')
  ask(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token?: string,
  ): Promise<void> {
    return this.flow.ask(request, response, tenant, token);
  }

  @PostForm('confirm-email', 'confirm-email')
  confirmByLink(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.confirmByLink(request, response, tenant, params);
  }
}
