import { Get, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { ChallengeFlow } from './challenge.flow.js';
import { CodeEnrolmentFlow } from './code-enrolment.flow.js';
import { EnrolmentFlow } from './enrolment.flow.js';

@PageController('second-factor')
export class SecondFactorController {
  constructor(
    private readonly challenge: ChallengeFlow,
    private readonly enrolment: EnrolmentFlow,
    private readonly codes: CodeEnrolmentFlow,
  ) {}

  /** The page of the factor that is offered first. */
  @Get()
  choose(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.challenge.choose(request, response, tenant);
  }

  /** What can be set up. */
  @Get(['enrol', 'skip'])
  enrol(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.enrolment.choose(request, response, tenant);
  }

  /** Goes on without one. */
  @PostForm('second-factor', 'skip')
  skip(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.enrolment.skip(request, response, tenant, params);
  }

  /** An authenticator app: its secret as QR code and text. */
  @Get('enrol-totp')
  showTotp(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.enrolment.showTotp(request, response, tenant);
  }

  /** A code of the app. The answer shows the recovery codes, this once. */
  @PostForm('second-factor', 'enrol-totp')
  confirmTotp(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.enrolment.confirmTotp(request, response, tenant, params);
  }

  /** Sets up another factor with a code. */
  @Get(['enrol/:factor', 'enrol/:factor/send'])
  showEnrolment(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
  ): Promise<void> {
    return this.codes.show(request, response, tenant, factor);
  }

  @PostForm('second-factor', 'enrol/:factor/send')
  sendEnrolmentCode(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.codes.sendCode(request, response, tenant, factor, params);
  }

  @PostForm('second-factor', 'enrol/:factor')
  confirmEnrolment(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.codes.confirm(request, response, tenant, factor, params);
  }

  /** Asks for a code of one factor. */
  @Get([':factor', ':factor/send'])
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
  ): Promise<void> {
    return this.challenge.show(request, response, tenant, factor);
  }

  /** Sends a code to the person. */
  @PostForm('second-factor', ':factor/send')
  sendCode(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.challenge.sendCode(request, response, tenant, factor, params);
  }

  /** The code. */
  @PostForm('second-factor', ':factor')
  prove(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('factor') factor: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.challenge.prove(request, response, tenant, factor, params);
  }
}
