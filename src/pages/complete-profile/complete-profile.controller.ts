import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { CompleteProfileFlow } from './complete-profile.flow.js';

@PageController('complete-profile')
export class CompleteProfileController {
  constructor(private readonly flow: CompleteProfileFlow) {}

  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  @PostForm('complete-profile')
  decide(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.decide(request, response, tenant, params);
  }
}
