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
 * Chromium applies `form-action` to every redirect that follows a form: the one to the client, and further ones that
 * the client makes. Those cannot be known, so every https address is allowed. For a client on the person's machine
 * every loopback port is allowed as well, because command line tools redirect to other pages, and in development the
 * pages have another port than the client. With a private-use scheme the chain ends at the application.
 */
export function sourcesFor(redirectUri: string): string[] {
  const source = formActionSource(redirectUri);
  if (source.startsWith('https:')) return ['https:'];
  if (!source.startsWith('http:')) return [source];
  return source === 'http:' ? ['https:', 'http:'] : ['https:', 'http://127.0.0.1:*', 'http://localhost:*'];
}
