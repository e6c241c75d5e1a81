import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Client } from '../client.js';

/** What a request to the token, introspection or revocation endpoint says about its client. */
export interface ClientAuthenticationRequest {
  readonly tenant: Tenant;
  /** The Authorization header. */
  readonly authorization: string | undefined;
  readonly params: OAuthParameters;
}

/** Credentials as found in a request, not verified yet. */
export interface ClientCredentials {
  readonly clientId: string;
  /** A secret or an assertion; empty for `none`. */
  readonly proof: string;
  /** The same without the decoding that RFC 6749 §2.3.1 asks for, when the request may have been made without it. */
  readonly asSent?: { readonly clientId: string; readonly proof: string } | undefined;
}

/** The credentials are wrong. The reason is for the log. */
export class CredentialsRefused extends Error {
  /**
   * @param told what the caller may know, when the credentials show that the caller has the client's own key. Without it
   *   the caller gets the same answer for every reason.
   */
  constructor(
    readonly reason: string,
    readonly told?: string,
  ) {
    super(reason);
  }
}

/** One way for a client to authenticate (OpenID Connect Core §9), a member of `authentication-methods.ts`. */
export interface ClientAuthenticationMethod {
  /** Its name in `token_endpoint_auth_method`. */
  readonly name: string;
  /**
   * The credentials, when the request carries this kind.
   * @throws OAuthError when it does, but they cannot be read
   */
  read(request: ClientAuthenticationRequest): ClientCredentials | undefined;
  /**
   * Whether the credentials prove that this is the client they name.
   * @throws CredentialsRefused when they do not, and it is known why
   */
  verify(request: ClientAuthenticationRequest, client: Client, credentials: ClientCredentials): Promise<boolean>;
}
