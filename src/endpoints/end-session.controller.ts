import { Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { OAuthParameters } from '../oauth/parameters.js';
import type { PageRequest } from '../pages/browser/current-browser.js';
import { SignOutFlow } from '../pages/sign-out/sign-out.flow.js';
import { CurrentTenant } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { readForm } from '../protocol/form-body.js';
import { MethodsGuard } from '../protocol/methods.guard.js';
import { Params } from '../protocol/oauth-request.js';
import { queryOf } from '../protocol/query-text.js';
import { PATHS } from './endpoint-paths.js';
import { PageController, PostForm } from '../pages/page.decorators.js';

@PageController(PATHS.endSession)
export class EndSessionController {
  constructor(private readonly flow: SignOutFlow) {}

  /** Logout request, OpenID Connect RP-Initiated Logout §2. */
  @Get()
  @UseGuards(new MethodsGuard('GET', 'POST'))
  get(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    const params = (request.oauthParams = OAuthParameters.parse(queryOf(request)));
    return this.flow.begin(request, response, tenant, params.refuseRepeated());
  }

  /**
   * The same sent as a form from the client's page. It comes without our cookies (SameSite=Lax), so a GET that brings
   * them follows.
   */
  @Post()
  async post(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    await this.flow.keep(response, tenant, (await readForm(request)).refuseRepeated());
  }

  /** The person says yes. */
  @PostForm('sign-out', 'confirm')
  confirm(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.confirm(request, response, tenant, params.find('ticket'));
  }
}
