import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { PasskeyStepFlow } from './passkey-step.flow.js';

/** A passkey as a second factor. These routes stand before `second-factor/:factor`. */
@PageController('second-factor')
export class PasskeyStepController {
  constructor(private readonly flow: PasskeyStepFlow) {}

  @Get(['passkey', 'passkey/options'])
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  @PostForm('second-factor', 'passkey/options')
  options(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.options(request, response, tenant, params);
  }

  @PostForm('second-factor', 'passkey')
  prove(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.prove(request, response, tenant, params);
  }

  @Get(['enrol-passkey', 'enrol-passkey/options'])
  showEnrolment(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
  ): Promise<void> {
    return this.flow.showEnrolment(request, response, tenant);
  }

  @PostForm('second-factor', 'enrol-passkey/options')
  enrolmentOptions(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.enrolmentOptions(request, response, tenant, params);
  }

  @PostForm('second-factor', 'enrol-passkey')
  enrol(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.flow.enrol(request, response, tenant, params);
  }
}
