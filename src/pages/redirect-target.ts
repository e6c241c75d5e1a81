import type { AuthorizationRequest } from '../authorization/authorization-request.js';
import { formActionSource } from '../oauth/redirect-uri.js';
import type { PagePolicy } from './page-responder.js';

/** Where the person will be sent, as it is shown: the host, or the scheme of an application on the device. */
export function displayHost(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host === '' ? url.protocol : url.host;
}

/** Where the pages of this authorization request lead. */
export function formTargets(request: AuthorizationRequest | undefined): PagePolicy {
  if (!request) return {};
  return { formActions: sourcesFor(request.redirectUri), popup: request.params.find('display') === 'popup' };
}

/**
 * Chromium holds the redirects that follow a form against `form-action`, all of them: the redirect to the client, and
 * where the client itself redirects to, which nobody can know. So any https address is allowed, and to a client on the
 * person's own machine any port of it: command line tools go on to a page of their maker, and in development the pages
 * are at another port than what signs in. An application with a private-use scheme is where the way ends.
 */
export function sourcesFor(redirectUri: string): string[] {
  const source = formActionSource(redirectUri);
  if (source.startsWith('https:')) return ['https:'];
  if (!source.startsWith('http:')) return [source];
  return source === 'http:' ? ['https:', 'http:'] : ['https:', 'http://127.0.0.1:*', 'http://localhost:*'];
}
