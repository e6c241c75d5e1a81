import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { SetPasswordFlow } from './set-password.flow.js';

@PageController('set-password')
export class SetPasswordController {
  constructor(private readonly flow: SetPasswordFlow) {}

  /** The form that sets a password. */
  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token = '',
  ): Promise<void> {
    return this.flow.show(request, response, tenant, token);
  }

  /** Sets the password of an account that an administrator made. */
  @PostForm('mail-link')
  set(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.set(request, response, tenant, params);
  }
}
