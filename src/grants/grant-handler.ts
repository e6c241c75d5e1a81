import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { PreparedAccessToken } from '../tokens/access-token.js';
import type { GrantedSignIn } from '../tokens/grants.repository.js';
import type { UnsignedToken } from '../tokens/token.issuer.js';
import type { User } from '../users/user.js';
import type { Issuance } from './issuance.js';

/** A request to the token endpoint (RFC 6749 §3.2) from a client that has proved who it is. */
export interface TokenRequest {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly params: OAuthParameters;
  readonly origin: RequestOrigin;
  /** The audit event of this request. */
  readonly issuance: Issuance;
}

/** RFC 6749 §5.1, OpenID Connect Core §3.1.3.3. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** A token request that nobody made: what would it give? */
export interface ForecastRequest {
  readonly tenant: Tenant;
  readonly client: Client;
  /** `scope` and `resource`. */
  readonly params: OAuthParameters;
  /** Who would prove to be there; undefined: the client acts for itself. */
  readonly user: User | undefined;
  /** How the user would have signed in. */
  readonly signIn: GrantedSignIn;
}

/** What would be issued. Nothing of it is signed, stored or recorded. */
export interface TokenForecast {
  readonly client: Client;
  readonly user: User | undefined;
  /** What the roles leave of what was asked for. */
  readonly access: Access;
  readonly prepared: PreparedAccessToken;
  /** Undefined when the client acts for itself. */
  readonly signIn: GrantedSignIn | undefined;
  /** Undefined: it is opaque. */
  readonly accessToken: UnsignedToken | undefined;
  readonly idToken: UnsignedToken | undefined;
  readonly hasRefreshToken: boolean;
}

/** One behaviour of the token endpoint, a member of `grant-handlers.ts`. */
export interface GrantHandler {
  /** The `grant_type` it serves. */
  readonly grantType: string;
  /** @throws OAuthError */
  handle(request: TokenRequest): Promise<TokenResponse>;
  /**
   * What it would issue, found by the code that issues it. Absent: it cannot be told.
   * @throws OAuthError as `handle` does
   */
  preview?(request: ForecastRequest): Promise<TokenForecast>;
}

/** Injection token of the handlers' instances. */
export const GRANT_HANDLERS = Symbol('GrantHandlers');
