import { Injectable } from '@nestjs/common';
import type { TokenForecast } from '../grants/grant-handler.js';
import { InsufficientScopeError, InvalidTokenError } from '../oauth/oauth-error.js';
import { union } from '../oauth/scope.js';
import { scopeOf } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ClaimTarget } from '../tenants/user-attributes.js';
import { introspectionOf } from '../tokens/token.introspector.js';
import { UserinfoService } from '../tokens/userinfo.service.js';
import type { Claims } from '../users/scope-claims.js';
import { type ClaimsContext, originsOf, shownOf } from './claim-origins.js';
import type { PreviewedAccessToken, PreviewedClaims, TokenPreview } from './token-preview.js';

/** What tokens say, and what userinfo and introspection say of them. */
@Injectable()
export class PreviewedAnswers {
  constructor(private readonly userinfo: UserinfoService) {}

  async of(
    tenant: Tenant,
    forecast: TokenForecast,
  ): Promise<Pick<TokenPreview, 'accessToken' | 'idToken' | 'userinfo'>> {
    const { idToken } = forecast;
    const userinfo = await this.userinfoOf(tenant, forecast);
    return {
      accessToken: accessTokenOf(tenant, forecast),
      idToken: idToken && shown(idToken.claims, contextOf(tenant, forecast, 'id_token'), idToken.header),
      userinfo: userinfo && shown(userinfo, contextOf(tenant, forecast, 'userinfo')),
    };
  }

  /** Undefined: the access token is not for userinfo. */
  private async userinfoOf(tenant: Tenant, forecast: TokenForecast): Promise<Claims | undefined> {
    const { client, user, prepared } = forecast;
    const token = { client, user, scope: prepared.scope, audience: audienceOf(forecast) };
    try {
      return await this.userinfo.preview(tenant, token);
    } catch (error) {
      if (error instanceof InvalidTokenError || error instanceof InsufficientScopeError) return undefined;
      throw error;
    }
  }
}

function accessTokenOf(tenant: Tenant, forecast: TokenForecast): PreviewedAccessToken {
  const { prepared, accessToken } = forecast;
  const context = contextOf(tenant, forecast, 'access_token');
  const said = shown(accessToken?.claims ?? introspected(forecast), context, accessToken?.header);
  return { ...said, format: prepared.format, lifetimeSeconds: prepared.lifetimeSeconds };
}

/** An opaque token says nothing itself: its API asks, RFC 7662. */
function introspected({ prepared, client, user, signIn }: TokenForecast): Claims {
  if (prepared.format !== 'opaque') return {};
  const { jti, subject, scope, audience, issuer, lifetimeSeconds } = prepared.record;
  const issuedAt = Math.floor(Date.now() / 1000);
  const times = { issuedAt, expiresAt: issuedAt + lifetimeSeconds };
  const proven = signIn && { ...signIn, authTime: Math.floor(signIn.authTime) };
  return introspectionOf({ jti, client, subject, user, scope, audience, issuer, ...times, signIn: proven });
}

function audienceOf({ prepared }: TokenForecast): readonly string[] {
  return prepared.format === 'opaque' ? prepared.record.audience : [prepared.claims.aud].flat();
}

function contextOf(tenant: Tenant, forecast: TokenForecast, target: ClaimTarget): ClaimsContext {
  const { client, user, access, prepared } = forecast;
  const audience = audienceOf(forecast);
  const api = access.apis.find(({ api: { identifier } }) => audience.includes(identifier))?.api;
  const scope = {
    id_token: scopeOf(access),
    userinfo: prepared.scope,
    access_token: union(access.openid, prepared.scope),
  }[target];
  return { tenant, client, user, target, scope, api };
}

function shown(claims: Claims, context: ClaimsContext, header?: PreviewedClaims['header']): PreviewedClaims {
  const origins = originsOf(claims, context);
  return { header, claims: shownOf(claims, origins), origins };
}
