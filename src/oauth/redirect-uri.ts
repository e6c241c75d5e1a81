import { isPrivateHost } from './private-host.js';
import { type RedirectUriFault, uriFault } from './redirect-uri-faults.js';
import { isTakenScheme } from './taken-schemes.js';
import { parseUrl } from './parse-url.js';

/** OpenID Connect Registration §2 `web` and `native`; `browser` for applications that run in one. */
export const APPLICATION_TYPES = ['web', 'native', 'browser'] as const;
export type ApplicationType = (typeof APPLICATION_TYPES)[number];

const MAX_LENGTH = 2000;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** RFC 8252 §7.1: a private-use scheme is a domain name in reverse, so it has a dot; `javascript:` has none. */
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?(?=[/?]|$)/;
const DOTLESS_SCHEME = /^[a-z][a-z0-9+-]*:$/;
const MAX_PORT = 65_535;
/** What an authorization response adds to the query: RFC 6749 §4.1.2, RFC 9207 §2. */
const RESPONSE_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];

/** What a tenant's policy allows beyond what is always allowed. */
export interface RedirectUriRules {
  readonly allowDotlessSchemes: boolean;
  readonly allowPrivateHttpRedirects: boolean;
}

/** The client that a redirect URI is for. */
export interface RedirectUriOwner {
  readonly applicationType: ApplicationType;
  readonly confidential: boolean;
}

/**
 * Why this URI may not be registered, or undefined when it may. RFC 6749 §3.1.2 (absolute, no fragment),
 * RFC 9700 §2.1 (no patterns), RFC 8252 §7 (native applications).
 */
export function findRedirectUriFault(
  uri: string,
  owner: RedirectUriOwner,
  rules: RedirectUriRules,
): RedirectUriFault | undefined {
  if (uri.length > MAX_LENGTH) return uriFault('uri_too_long', { most: MAX_LENGTH });
  if (!VISIBLE_ASCII.test(uri) || uri.includes('\\')) return uriFault('uri_character');
  if (uri.includes('*')) return uriFault('uri_wildcard');
  if (uri.includes('#')) return uriFault('uri_fragment');
  const url = parseUrl(uri);
  if (!url) return uriFault('uri_not_absolute');
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?]*@/.test(uri)) return uriFault('uri_user_name');
  const fault = findSchemeFault(url, owner, rules);
  if (fault) return fault;
  const taken = RESPONSE_PARAMETERS.find((name) => url.searchParams.has(name));
  if (taken !== undefined) return uriFault('uri_parameter', { name: taken });
  // Comparison is by character, so what is registered must be what a browser would make of it.
  if (url.href !== uri && url.href !== `${uri}/`) return uriFault('uri_not_normal', { normal: url.href });
  return undefined;
}

/**
 * Why the tenant's policy does not allow this redirect URI, which was registered when another policy or another version
 * allowed it; undefined when it does.
 */
export function findSchemeFault(
  { protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>,
  { applicationType, confidential }: RedirectUriOwner,
  rules: RedirectUriRules,
): RedirectUriFault | undefined {
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:') {
    if (LOOPBACK_HOSTS.has(hostname)) return undefined;
    if (!isPrivateHost(hostname)) return uriFault('uri_not_loopback');
    if (!confidential) return uriFault('uri_not_confidential');
    if (rules.allowPrivateHttpRedirects) return undefined;
    return uriFault('uri_not_private');
  }
  if (applicationType !== 'native') return uriFault('uri_not_https');
  if (PRIVATE_USE_SCHEME.test(protocol)) return undefined;
  if (DOTLESS_SCHEME.test(protocol) && !isTakenScheme(protocol)) {
    return rules.allowDotlessSchemes ? undefined : uriFault('uri_scheme_dotless');
  }
  return uriFault('uri_scheme');
}

/**
 * The comparison of RFC 9700 §2.1: exact, character by character. Only the port of a native application's loopback
 * address may differ (RFC 8252 §7.3). That section speaks of IP addresses; many command line tools use `localhost`.
 */
export function matchesRedirectUri(
  registered: readonly string[],
  given: string,
  applicationType: ApplicationType,
): boolean {
  if (registered.includes(given)) return true;
  if (applicationType !== 'native' || !isOnLoopbackPort(given)) return false;
  const portless = withoutLoopbackPort(given);
  return registered.some((uri) => LOOPBACK.test(uri) && withoutLoopbackPort(uri) === portless);
}

function isOnLoopbackPort(uri: string): boolean {
  const [match, , port = '80'] = LOOPBACK.exec(uri) ?? [];
  return match !== undefined && Number(port) <= MAX_PORT;
}

function withoutLoopbackPort(uri: string): string {
  return uri.replace(LOOPBACK, 'http://$1');
}

/**
 * The source expression with which a page's CSP lets a form lead to this URI. CSP has none for an IPv6 address (the
 * grammar of `host-source`; Chromium ignores it and blocks the form), so there it is the scheme.
 */
export function formActionSource(uri: string): string {
  const { origin, protocol, hostname } = new URL(uri);
  return origin === 'null' || hostname.startsWith('[') ? protocol : origin;
}
