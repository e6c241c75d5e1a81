import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import type { Tenant } from '../tenants/tenant.js';
import { AccessTokensRepository } from './access-tokens.repository.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { TokenVerifier } from './token.verifier.js';

type Revocation = AuditEvent & { readonly clientId: string };

/**
 * Token revocation, RFC 7009. Revoking a refresh token revokes its grant and every access token under it (§2.1).
 * Revoking an access token revokes that token alone.
 */
@Injectable()
export class TokenRevoker {
  constructor(
    private readonly accessTokens: AccessTokensRepository,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly verifier: TokenVerifier,
    private readonly audit: AuditRecorder,
  ) {}

  /** A token of another client is left alone, and the answer is the same (§2.2). */
  async revoke(tenant: Tenant, client: Client, token: string, origin: RequestOrigin): Promise<void> {
    const event = { tenantId: tenant.id, type: 'token.revoked', outcome: 'success' } as const;
    const revocation = { ...event, clientId: client.clientId, origin };
    if (token.includes('.')) await this.revokeJwt(tenant, revocation, token);
    else await this.revokeOpaque(tenant, revocation, token);
  }

  /** The statements add to the event whose grant it was. */
  private async revokeOpaque(tenant: Tenant, revocation: Revocation, token: string): Promise<void> {
    const tokenDigest = digest(token);
    const { clientId } = revocation;
    const eventFor = (kind: string) => this.audit.parameterOf({ ...revocation, details: { token: kind } });
    const refreshToken = eventFor('refresh_token');
    if (await this.refreshTokens.revokeGrant(tenant.id, tokenDigest, clientId, refreshToken)) return;
    await this.accessTokens.revokeOpaque(tenant.id, tokenDigest, clientId, eventFor('access_token'));
  }

  private async revokeJwt(tenant: Tenant, revocation: Revocation, token: string): Promise<void> {
    const claims = await this.verifier.verifyJwt(tenant, token);
    if (!claims || claims.client_id !== revocation.clientId) return;
    const { jti, grant_id: grant } = claims;
    const userId = typeof grant === 'string' ? claims.sub : undefined;
    const event = this.audit.parameterOf({ ...revocation, userId, details: { token: 'access_token', grant, jti } });
    await this.accessTokens.revokeJwt(tenant.id, { jti, expiresAt: claims.exp, event });
  }
}
