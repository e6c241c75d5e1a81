import { Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../authorization/authorization.service.js';
import { OAuthParameters } from '../oauth/parameters.js';
import { CurrentBrowser, type KnownBrowser, type PageRequest } from '../pages/browser/current-browser.js';
import { OutcomeResponder } from '../pages/outcome-responder.js';
import { CurrentTenant } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { readFormText } from '../protocol/form-body.js';
import { MethodsGuard } from '../protocol/methods.guard.js';
import { queryOf } from '../protocol/query-text.js';
import { PATHS } from './endpoint-paths.js';
import { PageController } from '../pages/page.decorators.js';

@PageController(PATHS.authorization)
export class AuthorizeController {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly outcomes: OutcomeResponder,
  ) {}

  /** Authorization request, RFC 6749 §4.1.1. */
  @Get()
  @UseGuards(new MethodsGuard('GET', 'POST'))
  async get(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentBrowser() browser: KnownBrowser,
  ): Promise<void> {
    const params = (request.oauthParams = OAuthParameters.parse(queryOf(request)));
    this.outcomes.send(request, response, tenant, await this.authorization.begin(tenant, params, browser));
  }

  /**
   * The same sent as a form (OpenID Connect Core §3.1.2.1). A cross-site POST comes without our cookies, so the request
   * is stored, and a GET that brings the cookies continues it.
   */
  @Post()
  async post(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentBrowser() browser: KnownBrowser,
  ): Promise<void> {
    const params = (request.oauthParams = OAuthParameters.parse(queryOf(request), await readFormText(request)));
    const outcome = await this.authorization.keepForBrowser(tenant, params, browser.origin);
    this.outcomes.send(request, response, tenant, outcome);
  }

  /** Continues a pending request. */
  @Get('resume')
  @UseGuards(new MethodsGuard('GET'))
  async resume(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentBrowser() browser: KnownBrowser,
    @Query('request') requestId?: string,
  ): Promise<void> {
    this.outcomes.send(request, response, tenant, await this.authorization.resume(tenant, String(requestId), browser));
  }

  /** Starts an expired request again, with the same parameters. */
  @Get('restart')
  @UseGuards(new MethodsGuard('GET'))
  async restart(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentBrowser() browser: KnownBrowser,
    @Query('request') requestId?: string,
  ): Promise<void> {
    this.outcomes.send(request, response, tenant, await this.authorization.restart(tenant, String(requestId), browser));
  }
}
