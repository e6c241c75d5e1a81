import { Controller, Get, Header, Headers, HttpCode, Post, Req, UseFilters, UseGuards } from '@nestjs/common';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { UserinfoService } from '../tokens/userinfo.service.js';
import type { Claims } from '../users/scope-claims.js';
import { readBearerToken } from '../protocol/bearer-token.js';
import { readForm } from '../protocol/form-body.js';
import { OAuthErrorFilter } from '../protocol/oauth-error.filter.js';
import type { OAuthRequest } from '../protocol/oauth-request.js';

@Controller('userinfo')
@UseGuards(TenantGuard)
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(private readonly userinfo: UserinfoService) {}

  /** UserInfo request, OpenID Connect Core §5.3.1. */
  @Get()
  @Header('Cache-Control', 'no-store')
  get(@CurrentTenant() tenant: Tenant, @Headers('authorization') authorization?: string): Promise<Claims> {
    return this.userinfo.claims(tenant, readBearerToken(authorization));
  }

  /** The same by POST, where the token may also be in the form. */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async post(@CurrentTenant() tenant: Tenant, @Req() request: OAuthRequest): Promise<Claims> {
    return this.userinfo.claims(tenant, readBearerToken(request.headers.authorization, await tokenInForm(request)));
  }
}

/** A POST may come without any form when the header has the token. */
async function tokenInForm(request: OAuthRequest): Promise<string | undefined> {
  if (request.headers['content-type'] === undefined) return undefined;
  return (await readForm(request)).refuseRepeated().find('access_token');
}
