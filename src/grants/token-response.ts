import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { formatScope } from '../oauth/scope.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { GrantReference, PreparedAccessToken } from '../tokens/access-token.js';
import { TokenIssuer } from '../tokens/token.issuer.js';
import type { TokenResponse } from './grant-handler.js';

export interface UserTokens {
  readonly client: Client;
  readonly userId: string;
  readonly grant: GrantReference;
  readonly access: Access;
  readonly prepared: PreparedAccessToken;
  readonly refreshToken?: string | undefined;
  readonly nonce?: string | undefined;
}

/** The successful answer of the token endpoint, RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3. */
@Injectable()
export class TokenResponder {
  constructor(private readonly issuer: TokenIssuer) {}

  /** For a client that acts for itself: an access token and nothing else (RFC 6749 §4.4.3). */
  async respondToClient(tenant: Tenant, prepared: PreparedAccessToken): Promise<TokenResponse> {
    return body(await this.issuer.issueAccessToken(tenant, prepared), prepared);
  }

  /** For a client that acts for a user: also what the user granted beyond the access token. */
  async respondToUser(tenant: Tenant, tokens: UserTokens): Promise<TokenResponse> {
    const { client, userId, grant, access, prepared, nonce } = tokens;
    const accessToken = await this.issuer.issueAccessToken(tenant, prepared);
    const idToken = access.openid.includes('openid')
      ? await this.issuer.issueIdToken(tenant, { client, subject: userId, grant, nonce, accessToken })
      : undefined;
    return {
      ...body(accessToken, prepared),
      ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
      ...(idToken !== undefined && { id_token: idToken }),
    };
  }
}

/** `scope` is that of the access token, which may be less than was granted (RFC 6749 §3.3). */
function body(accessToken: string, { lifetimeSeconds, scope }: PreparedAccessToken): TokenResponse {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ...(scope.length > 0 && { scope: formatScope(scope) }),
  };
}
