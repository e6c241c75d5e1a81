import type { Client } from '../../clients/client.js';
import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { matchesRedirectUri } from '../../oauth/redirect-uri.js';

/**
 * RFC 6749 §3.1.2.4: without a registered redirect URI "the authorization server SHOULD inform the resource owner of
 * the error and MUST NOT automatically redirect the user-agent". Errors go to a page.
 */
export function checkRedirectUri(client: Client, params: OAuthParameters): string {
  if (params.repeated.includes('redirect_uri')) {
    throw new InvalidRequestError('redirect_uri is included more than once.');
  }
  const redirectUri = params.get('redirect_uri');
  if (!matchesRedirectUri(client.redirectUris, redirectUri, client.applicationType)) {
    throw new InvalidRequestError('redirect_uri is not registered for this client.', {
      detail: `client ${client.clientId}`,
    });
  }
  return redirectUri;
}
