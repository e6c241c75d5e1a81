import { Controller, Get, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { sendAnswer } from '../protocol/answer-writer.js';
import type { TenantCall } from '../protocol/endpoint.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { Call } from '../protocol/oauth-request.js';
import { TenantGuard } from '../tenants/tenant.guard.js';
import { PATHS } from './endpoint-paths.js';
import { JwksEndpoint } from './jwks.endpoint.js';
import { MetadataEndpoint } from './metadata.endpoint.js';

@Controller()
@UseGuards(TenantGuard)
@UseFilters(OAuthErrorFilter)
export class MetadataController {
  constructor(
    private readonly metadata: MetadataEndpoint,
    private readonly keys: JwksEndpoint,
  ) {}

  /** OpenID Connect Discovery §4, and RFC 8414 §3 in both of its forms. */
  @Get([...PATHS.metadata])
  describe(@Res() response: Response, @Call('tenant') call: TenantCall): Promise<void> {
    return sendAnswer(response, this.metadata.handle(call));
  }

  /** JWK Set, RFC 7517 §5. */
  @Get(PATHS.jwks)
  jwks(@Res() response: Response, @Call('tenant') call: TenantCall): Promise<void> {
    return sendAnswer(response, this.keys.handle(call));
  }
}
