const CLASSES: Readonly<Record<string, string>> = {
  '/token': 'token',
  '/introspect': 'introspection',
  '/revoke': 'revocation',
  '/jwks': 'jwks',
  '/userinfo': 'userinfo',
  '/authorize': 'authorization',
  '/end-session': 'end_session',
  '/.well-known/openid-configuration': 'discovery',
  '/.well-known/oauth-authorization-server': 'discovery',
};
const PREFIXES = [
  ['/api/', 'management'],
  ['/sign-in', 'sign_in'],
  ['/consent', 'consent'],
  ['/account', 'account'],
  ['/language', 'page'],
  ['/assets/', 'asset'],
  ['/health/', 'health'],
] as const;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What kind of request this is: one of a fixed list, whatever path somebody sends. */
export function requestClass(path: string): string {
  return CLASSES[path] ?? PREFIXES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
}

export function methodClass(method: string | undefined): string {
  return method !== undefined && METHODS.has(method) ? method : 'other';
}
