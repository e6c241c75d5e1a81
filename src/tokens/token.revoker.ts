import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import type { Tenant } from '../tenants/tenant.js';
import { AccessTokensRepository } from './access-tokens.repository.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { TokenVerifier } from './token.verifier.js';

/**
 * Makes a token worthless before its time, RFC 7009. A refresh token takes its grant with it, and so every access
 * token issued under that grant (§2.1); an access token goes alone.
 */
@Injectable()
export class TokenRevoker {
  constructor(
    private readonly accessTokens: AccessTokensRepository,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly verifier: TokenVerifier,
    private readonly audit: AuditRecorder,
  ) {}

  /** Does nothing to a token that is not this client's, and tells nobody (§2.2). */
  async revoke(tenant: Tenant, client: Client, token: string, origin: RequestOrigin): Promise<void> {
    const revoked = token.includes('.')
      ? await this.revokeJwt(tenant, client, token)
      : await this.revokeOpaque(tenant, client, token);
    if (!revoked) return;
    const event = { tenantId: tenant.id, type: 'token.revoked', outcome: 'success' } as const;
    this.audit.record({ ...event, clientId: client.clientId, origin });
  }

  private async revokeOpaque(tenant: Tenant, client: Client, token: string): Promise<boolean> {
    const tokenDigest = digest(token);
    if (await this.refreshTokens.revokeGrant(tenant.id, tokenDigest, client.clientId)) return true;
    return this.accessTokens.revokeOpaque(tenant.id, tokenDigest, client.clientId);
  }

  private async revokeJwt(tenant: Tenant, client: Client, token: string): Promise<boolean> {
    const claims = await this.verifier.verifyJwt(tenant, token);
    if (!claims || claims.client_id !== client.clientId) return false;
    await this.accessTokens.revokeJwt(tenant.id, { jti: claims.jti, expiresAt: claims.exp });
    return true;
  }
}
