import { CONSOLE_CLIENT_ID, type Client, isConfidential } from '../../clients/client.js';
import { redirectUrisOf } from '../../clients/console-client.js';
import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { findSchemeFault, matchesRedirectUri } from '../../oauth/redirect-uri.js';
import type { Tenant } from '../../tenants/tenant.js';

/**
 * RFC 6749 §3.1.2.4: without a registered redirect URI "the authorization server SHOULD inform the resource owner of
 * the error and MUST NOT automatically redirect the user-agent". Errors go to a page.
 */
export function checkRedirectUri(tenant: Tenant, client: Client, params: OAuthParameters): string {
  if (params.repeated.includes('redirect_uri')) {
    throw new InvalidRequestError('redirect_uri is included more than once.');
  }
  const redirectUri = params.get('redirect_uri');
  const registered = redirectUrisOf(tenant, client);
  if (!matchesRedirectUri(registered, redirectUri, client.applicationType)) {
    throw new InvalidRequestError('redirect_uri is not registered for this client.', {
      detail:
        `client ${client.clientId} has ${registered.length} redirect URIs, and ${quoted(redirectUri)} is none ` +
        'of them; they are compared character by character',
    });
  }
  // An address of this tenant, which no policy decides.
  if (client.clientId === CONSOLE_CLIENT_ID) return redirectUri;
  // Registered under another policy: what the tenant allows counts when it is used.
  const owner = { applicationType: client.applicationType, confidential: isConfidential(client) };
  const fault = redirectUri.startsWith('https:')
    ? undefined
    : findSchemeFault(new URL(redirectUri), owner, tenant.policy);
  if (fault !== undefined) {
    throw new InvalidRequestError('redirect_uri is not allowed by the tenant.', {
      detail: `client ${client.clientId}: ${quoted(redirectUri)} ${fault.text}`,
    });
  }
  return redirectUri;
}
