import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { ProfileFlow } from './profile.flow.js';

@PageController('account/profile')
export class ProfileController {
  constructor(private readonly flow: ProfileFlow) {}

  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** What the person may change, all at once. */
  @PostForm('account/profile')
  change(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.change(request, response, tenant, params);
  }
}
