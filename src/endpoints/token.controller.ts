import { Controller, Post, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { sendAnswer } from '../protocol/answer-writer.js';
import { ClientAuthenticationGuard } from '../protocol/client-authentication.guard.js';
import type { ClientCall } from '../protocol/endpoint.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { Call } from '../protocol/oauth-request.js';
import { TenantGuard } from '../tenants/tenant.guard.js';
import { PATHS } from './endpoint-paths.js';
import { TokenRateGuard } from './token-rate.guard.js';
import { TokenEndpoint } from './token.endpoint.js';

@Controller(PATHS.token)
@UseGuards(TenantGuard, TokenRateGuard, ClientAuthenticationGuard)
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly endpoint: TokenEndpoint) {}

  /** Access token request, RFC 6749 §3.2. */
  @Post()
  answer(@Res() response: Response, @Call('client') call: ClientCall): Promise<void> {
    return sendAnswer(response, this.endpoint.handle(call));
  }
}
