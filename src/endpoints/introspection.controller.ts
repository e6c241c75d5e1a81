import { Controller, Header, HttpCode, Post, UseFilters, UseGuards } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { type IntrospectionResponse, TokenIntrospector } from '../tokens/token.introspector.js';
import { ClientAuthenticationGuard } from '../protocol/client-authentication.guard.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import { AuthenticatedClient, Params } from '../protocol/oauth-request.js';

@Controller('introspect')
@UseGuards(TenantGuard, ClientAuthenticationGuard)
@UseFilters(OAuthErrorFilter)
export class IntrospectionController {
  constructor(private readonly introspector: TokenIntrospector) {}

  /** Introspection request, RFC 7662 §2.1. */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  introspect(
    @CurrentTenant() tenant: Tenant,
    @AuthenticatedClient() client: Client,
    @Params() params: OAuthParameters,
  ): Promise<IntrospectionResponse> {
    return this.introspector.introspect(tenant, client, params.get('token'));
  }
}
