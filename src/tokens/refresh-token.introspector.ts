import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import { OAuthError } from '../oauth/oauth-error.js';
import { formatScope } from '../oauth/scope.js';
import { scopeOf } from '../resources/access.js';
import { AccessResolver } from '../resources/access-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import { checkEligibility } from './eligibility.js';
import { isAlive, isOriginAllowed } from './grant.js';
import { RefreshTokensRepository, type StoredRefreshToken } from './refresh-tokens.repository.js';

/**
 * Introspection of a refresh token, RFC 7662 §2.1, for the client it was issued to and nobody else. It is active when the
 * token endpoint would take it now for the first time.
 */
@Injectable()
export class RefreshTokenIntrospector {
  constructor(
    private readonly repository: RefreshTokensRepository,
    private readonly accessResolver: AccessResolver,
  ) {}

  /** @returns what is said of it, or undefined when it is not active, or not this client's */
  async describe(tenant: Tenant, client: Client, token: string): Promise<object | undefined> {
    const stored = await this.repository.find(tenant.id, digest(token), {
      successorDigest: undefined,
      graceSeconds: 0,
      sessionIdleSeconds: tenant.policy.sessionIdleLifetimeSeconds,
    });
    if (!stored || !isUsable(stored, tenant, client)) return undefined;
    const { grant, user, issuedAt, expiresAt } = stored;
    const scope = await this.findScope(tenant, client, stored);
    return (
      scope && {
        iss: tenant.issuer,
        sub: user.id,
        client_id: client.clientId,
        username: user.username,
        scope: formatScope(scope),
        auth_time: grant.authTime,
        iat: issuedAt,
        exp: expiresAt,
      }
    );
  }

  /** What it would give now; undefined when that is nothing. */
  private async findScope(tenant: Tenant, client: Client, { grant, user }: StoredRefreshToken) {
    try {
      const access = await this.accessResolver.restore(tenant, client, grant);
      return scopeOf(checkEligibility(tenant, client, user, access).access);
    } catch (error) {
      if (error instanceof OAuthError) return undefined;
      throw error;
    }
  }
}

function isUsable(
  { grant, consumed, expired, grantLife }: StoredRefreshToken,
  tenant: Tenant,
  client: Client,
): boolean {
  if (grant.clientId !== client.clientId || !client.grantTypes.includes('refresh_token')) return false;
  return !consumed && !expired && isAlive(grantLife, client) && isOriginAllowed(tenant, client, grant);
}
