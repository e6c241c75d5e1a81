import { formatScope } from '../oauth/scope.js';
import type { PreparedAccessToken } from '../tokens/access-token.js';
import type { TokenResponse } from './grant-handler.js';

/** What an access token and nothing else is answered with, RFC 6749 §5.1 and §4.4.3. */
export function tokenResponse(accessToken: string, { lifetimeSeconds, scope }: PreparedAccessToken): TokenResponse {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    // That of the access token, which may be less than was granted (§3.3).
    ...(scope.length > 0 && { scope: formatScope(scope) }),
  };
}
