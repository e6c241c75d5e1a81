import type { AuthorizationRequest } from '../authorization/authorization-request.js';
import { formActionSource } from '../oauth/redirect-uri.js';
import type { PagePolicy } from './page-responder.js';

/** Where the person will be sent, as it is shown: the host, or the scheme of an application on the device. */
export function displayHost(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host === '' ? url.protocol : url.host;
}

/**
 * Chromium holds the redirects that follow a form against `form-action`, all of them: the redirect to the client, and
 * where the client itself redirects to, which nobody can know. So an https client may lead to any https address; other
 * redirect URIs (a loopback port, a private-use scheme) are named exactly.
 */
export function formTargets(request: AuthorizationRequest | undefined): PagePolicy {
  if (!request) return {};
  const source = formActionSource(request.redirectUri);
  const formActions = source.startsWith('https:') ? ['https:'] : [source];
  return { formActions, popup: request.params.find('display') === 'popup' };
}
