import { Controller, Get, Post, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { AccessTokenGuard } from '../protocol/access-token.guard.js';
import { sendAnswer } from '../protocol/answer-writer.js';
import type { BearerCall } from '../protocol/endpoint.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { Call } from '../protocol/oauth-request.js';
import { TenantGuard } from '../tenants/tenant.guard.js';
import { PATHS } from './endpoint-paths.js';
import { UserinfoEndpoint } from './userinfo.endpoint.js';

@Controller(PATHS.userinfo)
@UseGuards(TenantGuard, AccessTokenGuard)
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(private readonly endpoint: UserinfoEndpoint) {}

  /** UserInfo request, OpenID Connect Core §5.3.1. */
  @Get()
  get(@Res() response: Response, @Call('access token') call: BearerCall): Promise<void> {
    return sendAnswer(response, this.endpoint.handle(call));
  }

  /** The same by POST, where the token may also be in the form. */
  @Post()
  post(@Res() response: Response, @Call('access token') call: BearerCall): Promise<void> {
    return sendAnswer(response, this.endpoint.handle(call));
  }
}
