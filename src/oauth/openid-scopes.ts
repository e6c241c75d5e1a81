/** OpenID Connect Core §5.4 and §11: the scopes every tenant knows without registering an API. */
export const OPENID_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

export type OpenIdScope = (typeof OPENID_SCOPES)[number];

export function isOpenIdScope(name: string): name is OpenIdScope {
  return (OPENID_SCOPES as readonly string[]).includes(name);
}
