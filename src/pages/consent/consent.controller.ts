import { Get, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Params } from '../../protocol/oauth-request.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { ConsentFlow } from './consent.flow.js';
import { PageController, PostForm } from '../page.decorators.js';

@PageController('consent')
export class ConsentController {
  constructor(private readonly flow: ConsentFlow) {}

  /** The consent page: what the client asks for, with the buttons to allow and to refuse. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Query('request') requestId?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, requestId);
  }

  /** "Not you?": signs in with another account, for the same request. */
  @PostForm('consent', 'switch')
  switchAccount(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.switchAccount(request, response, tenant, params.get('request'));
  }

  /** Which of them. */
  @PostForm('consent')
  decide(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.decide(request, response, tenant, params);
  }
}
