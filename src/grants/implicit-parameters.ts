import { formatScope } from '../oauth/scope.js';
import type { PreparedAccessToken } from '../tokens/access-token.js';

/** The tokens that the authorization endpoint returns through the browser. */
export interface ImplicitTokens {
  /** Present when the response type has `token`. */
  readonly prepared: PreparedAccessToken | undefined;
  readonly accessToken: string | undefined;
  /** Present when the response type has `id_token`. */
  readonly idToken: string | undefined;
}

/**
 * Implicit grant, RFC 6749 §4.2.2, with the ID token of OpenID Connect Core §3.2.2.5 and §3.3.2.5. It has no token
 * endpoint: its tokens are parameters of the authorization response. Off until tenant and client both ask for it.
 */
export function implicitParameters({ prepared, accessToken, idToken }: ImplicitTokens): Record<string, string> {
  return {
    ...(prepared &&
      accessToken !== undefined && {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: String(prepared.lifetimeSeconds),
        ...(prepared.scope.length > 0 && { scope: formatScope(prepared.scope) }),
      }),
    ...(idToken !== undefined && { id_token: idToken }),
  };
}
