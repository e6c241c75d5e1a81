import { parse, serialize } from 'cookie';
import type { Tenant } from '../tenants/tenant.js';
import type { Session } from './session.js';

/**
 * `session`: the secret of the signed-in session, gone with the browser window.
 * `browser`: a long-lived secret of this browser, which binds pages and forms to it and makes it a known device.
 * `device`: a secret of a browser that passed a person's second factor, and is remembered for it.
 */
export type CookieName = 'session' | 'browser' | 'device';

const BROWSER_LIFETIME_SECONDS = 180 * 24 * 3600;
/** As long as a pending request lives. */
const REQUEST_LIFETIME_SECONDS = 1800;
/** More than anybody opens at once. */
const MAX_REQUEST_COOKIES = 16;
/** Percent-encoding would give every secret several spellings. */
const AS_SENT = { decode: (value: string) => value };
/** The most accounts beside the one in use; the policy `accounts_per_browser` may allow fewer. */
const MAX_OTHER_ACCOUNTS = 4;
/** As long as somebody takes to find their password. */
const IDENTIFIER_LIFETIME_SECONDS = 600;
const MAX_IDENTIFIER_LENGTH = 254;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
/** Matches only ids: another tenant's slug may begin with the name of this cookie. */
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tenant's secrets that a browser sent; anything that is not one of ours counts as absent. */
export function readCookies(tenant: Tenant, header: string | undefined): { readonly [Name in CookieName]?: string } {
  if (header === undefined) return {};
  const cookies = parse(header, AS_SENT);
  const read = (name: CookieName) => {
    const value = cookies[cookieName(tenant, name)];
    return value !== undefined && SECRET.test(value) ? value : undefined;
  };
  const session = read('session');
  const browser = read('browser');
  const device = read('device');
  return {
    ...(session !== undefined && { session }),
    ...(browser !== undefined && { browser }),
    ...(device !== undefined && { device }),
  };
}

/** A `Set-Cookie` value for the secret of a session. It ends with the window, or with a session that is remembered. */
export function writeSessionCookie(
  tenant: Tenant,
  { secret, session }: { readonly secret: string; readonly session: Pick<Session, 'isRemembered' | 'expiresAt'> },
): string {
  if (!session.isRemembered) return writeCookie(tenant, 'session', secret);
  const maxAge = Math.max(0, Math.floor(session.expiresAt - Date.now() / 1000));
  return serialize(cookieName(tenant, 'session'), secret, { ...attributes(tenant), maxAge });
}

/**
 * A `Set-Cookie` value for the secrets of the other accounts that the browser is signed in with. They end with the window,
 * so that nobody is remembered by an account that is not in use.
 */
export function writeAccountsCookie(tenant: Tenant, secrets: readonly string[]): string {
  const value = secrets.slice(0, MAX_OTHER_ACCOUNTS).join('.');
  return serialize(cookieName(tenant, 'accounts'), value, attributes(tenant));
}

/** What `writeAccountsCookie` kept; what is no secret of ours, or stands twice, counts as absent. */
export function readAccounts(tenant: Tenant, header: string | undefined): readonly string[] {
  const value = readOne(tenant, header, 'accounts');
  const secrets = value?.split('.').filter((secret) => SECRET.test(secret)) ?? [];
  return [...new Set(secrets)].slice(0, MAX_OTHER_ACCOUNTS);
}

/** How a person signs in; what this browser did last comes first on the next page. It names nobody. */
export type SignInMethod = 'password' | 'passkey';

/** A `Set-Cookie` value. */
export function writeMethodCookie(tenant: Tenant, method: SignInMethod): string {
  return serialize(cookieName(tenant, 'method'), method, { ...attributes(tenant), maxAge: BROWSER_LIFETIME_SECONDS });
}

/** What `writeMethodCookie` kept. Anything else is the password. */
export function readMethod(tenant: Tenant, header: string | undefined): SignInMethod {
  return readOne(tenant, header, 'method') === 'passkey' ? 'passkey' : 'password';
}

/** A `Set-Cookie` value. */
export function writeCookie(tenant: Tenant, name: CookieName, secret: string): string {
  return serialize(cookieName(tenant, name), secret, { ...attributes(tenant), ...lifetimeOf(tenant, name) });
}

/** A session ends with the browser window. */
function lifetimeOf({ policy }: Tenant, name: CookieName): { readonly maxAge?: number } {
  if (name === 'session') return {};
  return { maxAge: name === 'browser' ? BROWSER_LIFETIME_SECONDS : policy.rememberedDeviceLifetimeSeconds };
}

/**
 * A `Set-Cookie` value that keeps a new browser's secret under the request it came with as well. Tabs that are opened
 * at once, before there is a cookie, get a secret each, and of the cookie `browser` only the last one stays.
 */
export function writeRequestCookie(tenant: Tenant, requestId: string, secret: string): string {
  const name = cookieName(tenant, `request-${requestId}`);
  return serialize(name, secret, { ...attributes(tenant), maxAge: REQUEST_LIFETIME_SECONDS });
}

/** The secrets that `writeRequestCookie` kept. */
export function readRequestSecrets(tenant: Tenant, header: string | undefined): readonly string[] {
  const prefix = cookieName(tenant, 'request-');
  if (!header?.includes(prefix)) return [];
  return Object.entries(parse(header, AS_SENT))
    .filter(([name]) => name.startsWith(prefix) && REQUEST_ID.test(name.slice(prefix.length)))
    .flatMap(([, value]) => (value !== undefined && SECRET.test(value) ? [value] : []))
    .slice(0, MAX_REQUEST_COOKIES);
}

/** A `Set-Cookie` value that keeps the language a person chose for the tenant's pages. */
export function writeLanguageCookie(tenant: Tenant, language: string): string {
  return serialize(cookieName(tenant, 'language'), language, {
    ...attributes(tenant),
    maxAge: BROWSER_LIFETIME_SECONDS,
  });
}

/** What `writeLanguageCookie` kept, as it was sent: it may be anything. */
export function readLanguage(tenant: Tenant, header: string | undefined): string | undefined {
  return readOne(tenant, header, 'language');
}

/**
 * A `Set-Cookie` value that keeps who wants to sign in, between the two pages of a sign-in in steps. It lasts a
 * few minutes, and serves the one request that it names.
 * @param requestId undefined: the sign-in leads to the account pages
 */
export function writeIdentifierCookie(tenant: Tenant, requestId: string | undefined, identifier: string): string {
  const value = `${requestId ?? ''}.${Buffer.from(identifier.slice(0, MAX_IDENTIFIER_LENGTH)).toString('base64url')}`;
  return serialize(cookieName(tenant, 'identifier'), value, {
    ...attributes(tenant),
    maxAge: IDENTIFIER_LIFETIME_SECONDS,
  });
}

/** What `writeIdentifierCookie` kept for this request. It may be anything that somebody could type. */
export function readIdentifier(tenant: Tenant, header: string | undefined, requestId: string | undefined) {
  const value = readOne(tenant, header, 'identifier');
  const prefix = `${requestId ?? ''}.`;
  if (!value?.startsWith(prefix)) return undefined;
  const identifier = Buffer.from(value.slice(prefix.length), 'base64url').toString();
  return identifier === '' ? undefined : identifier.slice(0, MAX_IDENTIFIER_LENGTH);
}

/** Most browsers have few of these cookies, so the header is only parsed when the name stands in it. */
function readOne(tenant: Tenant, header: string | undefined, name: Parameters<typeof cookieName>[1]) {
  const own = cookieName(tenant, name);
  return header?.includes(own) ? parse(header)[own] : undefined;
}

/** A `Set-Cookie` value that removes a cookie. */
export function removeCookie(tenant: Tenant, name: CookieName | 'identifier' | 'accounts'): string {
  return serialize(cookieName(tenant, name), '', { ...attributes(tenant), maxAge: 0 });
}

/**
 * At a host of its own the tenant's cookies are bound to that host (`__Host-`). Tenants addressed by path share an
 * origin, so there each has names and a path of its own; the stored session names its tenant in any case.
 */
function cookieName(
  tenant: Tenant,
  name: CookieName | 'language' | 'identifier' | 'method' | 'accounts' | `request-${string}`,
): string {
  const own = tenant.addressKind === 'path' ? `${tenant.addressSlug}-${name}` : name;
  if (!isSecure(tenant)) return own;
  return tenant.addressKind === 'path' ? `__Secure-${own}` : `__Host-${own}`;
}

function attributes(tenant: Tenant) {
  const path = tenant.addressKind === 'path' ? `/t/${tenant.addressSlug}` : '/';
  return { path, httpOnly: true, sameSite: 'lax', secure: isSecure(tenant) } as const;
}

/** Without https there is no secure cookie; that is for a developer's own machine only. */
function isSecure(tenant: Tenant): boolean {
  return tenant.issuer.startsWith('https:');
}
