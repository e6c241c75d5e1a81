import { Controller, Header, HttpCode, Post, UseFilters, UseGuards } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { TokenRevoker } from '../tokens/token.revoker.js';
import { ClientAuthenticationGuard } from '../protocol/client-authentication.guard.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { AuthenticatedClient, Origin, Params } from '../protocol/oauth-request.js';

@Controller('revoke')
@UseGuards(TenantGuard, ClientAuthenticationGuard)
@UseFilters(OAuthErrorFilter)
export class RevocationController {
  constructor(private readonly revoker: TokenRevoker) {}

  /** Revocation request, RFC 7009 §2.1. The answer to a token that is unknown or somebody else's is the same (§2.2). */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async revoke(
    @CurrentTenant() tenant: Tenant,
    @AuthenticatedClient() client: Client,
    @Params() params: OAuthParameters,
    @Origin() origin: RequestOrigin,
  ): Promise<object> {
    await this.revoker.revoke(tenant, client, params.get('token'), origin);
    return {}; // "ignored by the client" (§2.2), but some libraries insist on JSON
  }
}
