import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { RETURN } from '../page-address.js';
import { PasswordFlow, wayOf } from './password.flow.js';

@PageController('change-password')
export class PasswordController {
  constructor(private readonly flow: PasswordFlow) {}

  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant, wayOf(request.query['request'], request.query[RETURN]));
  }

  /** The present password and a new one. */
  @PostForm('password')
  change(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.change(request, response, tenant, params);
  }
}
