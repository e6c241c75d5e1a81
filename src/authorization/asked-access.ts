import { optionalScopes, scopesByResource } from '../consent/optional-scopes.js';
import { digest } from '../crypto/digest.js';
import type { AuthorizationRequest } from './authorization-request.js';

/**
 * Names what a consent page asked for, in a few characters for its form. An API, a client or a policy may change while
 * the page is open, and a scope name that meant nothing may mean something then. The button allows what was shown.
 */
export function nameOfAsked({ client, access }: Pick<AuthorizationRequest, 'client' | 'access'>): string {
  const optional = optionalScopes(client, access);
  const asked = [...scopesByResource(access), ...(optional.length > 0 ? [optional] : [])];
  return digest(JSON.stringify(asked)).toString('base64url');
}
