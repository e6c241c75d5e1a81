import { Controller, Header, HttpCode, Post, UseFilters, UseGuards } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { TokenResponse } from '../grants/grant-handler.js';
import { TokenService } from '../grants/token.service.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { ClientAuthenticationGuard } from '../protocol/client-authentication.guard.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { AuthenticatedClient, Origin, Params } from '../protocol/oauth-request.js';

@Controller('token')
@UseGuards(TenantGuard, ClientAuthenticationGuard)
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  /** Access token request, RFC 6749 §3.2. */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  token(
    @CurrentTenant() tenant: Tenant,
    @AuthenticatedClient() client: Client,
    @Params() params: OAuthParameters,
    @Origin() origin: RequestOrigin,
  ): Promise<TokenResponse> {
    return this.tokens.exchange({ tenant, client, params, origin });
  }
}
