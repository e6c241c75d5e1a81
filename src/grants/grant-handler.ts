import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
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

/** One behaviour of the token endpoint, a member of `grant-handlers.ts`. */
export interface GrantHandler {
  /** The `grant_type` it serves. */
  readonly grantType: string;
  /** @throws OAuthError */
  handle(request: TokenRequest): Promise<TokenResponse>;
}

/** Injection token of the handlers' instances. */
export const GRANT_HANDLERS = Symbol('GrantHandlers');
