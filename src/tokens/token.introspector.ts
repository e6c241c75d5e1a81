import { Injectable } from '@nestjs/common';
import { type Client, isConfidential } from '../clients/client.js';
import { InvalidClientError } from '../oauth/oauth-error.js';
import { formatScope } from '../oauth/scope.js';
import { ApiDirectory } from '../resources/api-directory.js';
import type { Tenant } from '../tenants/tenant.js';
import { RefreshTokenIntrospector } from './refresh-token.introspector.js';
import { type ActiveAccessToken, TokenVerifier } from './token.verifier.js';

/** RFC 7662 §2.2. */
export type IntrospectionResponse = Readonly<Record<string, unknown>> & { readonly active: boolean };

const INACTIVE: IntrospectionResponse = Object.freeze({ active: false });

/** Answers a protected resource that asks about a token, RFC 7662. */
@Injectable()
export class TokenIntrospector {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly apis: ApiDirectory,
    private readonly refreshTokens: RefreshTokenIntrospector,
  ) {}

  /** A token that the client may not ask about is answered as not active (RFC 7662 §4). */
  async introspect(tenant: Tenant, client: Client, token: string): Promise<IntrospectionResponse> {
    // §2.1: "the protected resource [...] MUST also require some form of authorization"; a public client has none.
    if (!isConfidential(client))
      throw new InvalidClientError('Introspection is for confidential clients, and this client is public.');
    const active = await this.verifier.findActive(tenant, token);
    if (!active) return this.introspectRefreshToken(tenant, client, token);
    if (!(await this.mayKnow(tenant, client, active))) return INACTIVE;
    return introspectionOf(active);
  }

  /** §2.1 leaves `token_type_hint` to the server: what is no access token may be a refresh token. */
  private async introspectRefreshToken(tenant: Tenant, client: Client, token: string): Promise<IntrospectionResponse> {
    // A refresh token has no dots, so a JWT that is not active is not looked for.
    const described = token.includes('.') ? undefined : await this.refreshTokens.describe(tenant, client, token);
    // `token_type` is how an access token is used (RFC 6749 §7.1); a refresh token has none.
    return described ? { active: true, ...described } : INACTIVE;
  }

  /** The client it was issued to, and the protected resources it is for. */
  private async mayKnow(tenant: Tenant, client: Client, token: ActiveAccessToken): Promise<boolean> {
    if (token.client.clientId === client.clientId) return true;
    const apis = await this.apis.list(tenant.id);
    return token.audience.some((identifier) => {
      const api = apis.get(identifier);
      // A token that is older than the API was issued for a deleted API with the same identifier.
      if (!api || Math.floor(api.createdAt) > token.issuedAt) return false;
      return api.introspectionClientIds.includes(client.clientId);
    });
  }
}

/** What a protected resource is told of an access token that is good. */
export function introspectionOf(active: Omit<ActiveAccessToken, 'authTime'>): IntrospectionResponse {
  return {
    active: true,
    iss: active.issuer,
    sub: active.subject,
    aud: active.audience.length === 1 ? active.audience[0] : active.audience,
    client_id: active.client.clientId,
    ...(active.user && { username: active.user.username }),
    scope: formatScope(active.scope),
    token_type: 'Bearer',
    iat: active.issuedAt,
    exp: active.expiresAt,
    jti: active.jti,
    // RFC 9470 §6.2: what a resource server needs to ask for a stronger or a fresher sign-in.
    ...(active.signIn && { auth_time: active.signIn.authTime, acr: active.signIn.acr, amr: active.signIn.amr }),
  };
}
