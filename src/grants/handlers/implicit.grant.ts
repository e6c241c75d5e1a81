import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import type { ResponsePart } from '../../oauth/response-type.js';
import { formatScope } from '../../oauth/scope.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { GrantReference, PreparedAccessToken } from '../../tokens/access-token.js';
import { TokenIssuer } from '../../tokens/token.issuer.js';
import { type Claims, claimsFor } from '../../users/scope-claims.js';
import type { User } from '../../users/user.js';
import type { Scope } from '../../oauth/scope.js';

/** What the authorization endpoint is about to hand out through the browser. */
export interface ImplicitRequest {
  readonly client: Client;
  readonly user: User;
  readonly grant: GrantReference;
  readonly parts: readonly ResponsePart[];
  /** The OpenID Connect part of what was granted. */
  readonly openid: Scope;
  /** Present when the response type has `token`. */
  readonly prepared: PreparedAccessToken | undefined;
  readonly nonce: string | undefined;
  /** Present in the hybrid flow. */
  readonly code: string | undefined;
}

/**
 * Implicit grant, RFC 6749 §4.2, with the ID token of OpenID Connect Core §3.2.2.5 and §3.3.2.5. It has no token
 * endpoint: its tokens are parameters of the authorization response. Off until tenant and client both ask for it.
 */
@Injectable()
export class ImplicitGrant {
  constructor(private readonly issuer: TokenIssuer) {}

  /** The parameters that carry tokens. */
  async respond(tenant: Tenant, request: ImplicitRequest): Promise<Record<string, string>> {
    const { parts, prepared } = request;
    const accessToken = prepared && (await this.issuer.issueAccessToken(tenant, prepared));
    return {
      ...(prepared &&
        accessToken !== undefined && {
          access_token: accessToken,
          token_type: 'Bearer',
          expires_in: String(prepared.lifetimeSeconds),
          ...(prepared.scope.length > 0 && { scope: formatScope(prepared.scope) }),
        }),
      ...(parts.includes('id_token') && { id_token: await this.issueIdToken(tenant, request, accessToken) }),
    };
  }

  private issueIdToken(tenant: Tenant, request: ImplicitRequest, accessToken: string | undefined): Promise<string> {
    const { client, user, grant, nonce, code } = request;
    const userClaims = claimsNowhereElse(request);
    return this.issuer.issueIdToken(tenant, { client, subject: user.id, grant, nonce, accessToken, code, userClaims });
  }
}

/** Core §5.4: claims come from the userinfo endpoint, or in the ID token when there will be no access token. */
function claimsNowhereElse({ parts, user, openid }: ImplicitRequest): Claims | undefined {
  return parts.includes('token') || parts.includes('code') ? undefined : claimsFor(user, openid);
}
