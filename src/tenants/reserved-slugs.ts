/** Names that are something else below a domain, or that people take for the operator's own. */
const NAMES = [
  // of the platform: its paths, its own tenant, its roles
  ...['system', 't', 'api', 'health', 'metrics', 'operator', 'platform', 'tenant', 'tenants', 'tenantry', 'deletions'],
  // hosts that are usually the operator's
  ...['www', 'www2', 'web', 'app', 'apps', 'admin', 'administrator', 'console', 'dashboard', 'portal', 'root'],
  ...[
    'id',
    'idp',
    'sso',
    'auth',
    'oauth',
    'oauth2',
    'oidc',
    'openid',
    'login',
    'signin',
    'sign-in',
    'signup',
    'logout',
  ],
  ...['account', 'accounts', 'static', 'assets', 'cdn', 'docs', 'help', 'support', 'status', 'blog', 'security'],
  // hosts that programs find by their names (RFC 2142, RFC 6186, Web Proxy Auto-Discovery, ISATAP)
  ...['mail', 'email', 'smtp', 'imap', 'pop', 'pop3', 'mx', 'webmail', 'autoconfig', 'autodiscover', 'wpad', 'isatap'],
  ...['ns', 'ns1', 'ns2', 'dns', 'ftp', 'ssh', 'vpn', 'proxy', 'ldap', 'localhost', 'localdomain', 'broadcasthost'],
  ...['abuse', 'hostmaster', 'postmaster', 'webmaster', 'noreply', 'no-reply'],
];
const RESERVED = new Set(NAMES);

/** Reserved by DNS for names in other scripts (RFC 5890 §2.3.1): what browsers show is not what is written. */
const RESERVED_LABEL = /^..--/;
/** Where a tenant may be named by id or slug, this is an id. */
const LOOKS_LIKE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/**
 * Why no new tenant may have this slug; tenants that have it already keep it.
 * @param platformHosts host names of the platform itself, below which or as which no tenant can be reached
 */
export function findReservation(slug: string, suffix: string, platformHosts: readonly string[]): string | undefined {
  if (LOOKS_LIKE_ID.test(slug)) return 'must not look like an id';
  if (RESERVED_LABEL.test(slug)) return 'must not have hyphens in its third and fourth place';
  if (RESERVED.has(slug)) return 'is reserved: that name means something else in an address';
  const host = `${slug}.${suffix}`;
  const taken = platformHosts.some((own) => own === host || own.endsWith(`.${host}`));
  return taken ? "is reserved: it is part of the platform's own address" : undefined;
}
