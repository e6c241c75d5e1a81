import { Controller, Post, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { sendAnswer } from '../protocol/answer-writer.js';
import { ClientAuthenticationGuard } from '../protocol/client-authentication.guard.js';
import type { ClientCall } from '../protocol/endpoint.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { Call } from '../protocol/oauth-request.js';
import { TenantGuard } from '../tenants/tenant.guard.js';
import { PATHS } from './endpoint-paths.js';
import { IntrospectionEndpoint } from './introspection.endpoint.js';

@Controller(PATHS.introspection)
@UseGuards(TenantGuard, ClientAuthenticationGuard)
@UseFilters(OAuthErrorFilter)
export class IntrospectionController {
  constructor(private readonly endpoint: IntrospectionEndpoint) {}

  /** Introspection request, RFC 7662 §2.1. */
  @Post()
  answer(@Res() response: Response, @Call('client') call: ClientCall): Promise<void> {
    return sendAnswer(response, this.endpoint.handle(call));
  }
}
