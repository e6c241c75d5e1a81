import { Controller, Get, Header, UseFilters, UseGuards } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import { Keyring } from '../keys/keyring.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { MetadataService, type ServerMetadata } from './metadata.service.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';

/** As long as a new key waits before it signs (`KEY_SET_LIFETIME_SECONDS`). */
export const METADATA_CACHE_CONTROL = 'public, max-age=300';

@Controller()
@UseGuards(TenantGuard)
@UseFilters(OAuthErrorFilter)
export class MetadataController {
  constructor(
    private readonly metadata: MetadataService,
    private readonly keyring: Keyring,
  ) {}

  /** OpenID Connect Discovery §4, and RFC 8414 §3 in both of its forms. */
  @Get(['.well-known/openid-configuration', '.well-known/oauth-authorization-server'])
  @Header('Cache-Control', METADATA_CACHE_CONTROL)
  describe(@CurrentTenant() tenant: Tenant): ServerMetadata {
    return this.metadata.describe(tenant);
  }

  /** JWK Set, RFC 7517 §5. */
  @Get('jwks')
  @Header('Cache-Control', METADATA_CACHE_CONTROL)
  async jwks(@CurrentTenant() tenant: Tenant): Promise<JSONWebKeySet> {
    return (await this.keyring.publishedKeys(tenant.id)).jwks;
  }
}
