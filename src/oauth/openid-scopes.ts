/** OpenID Connect Core §5.4 and §11: the scopes every tenant knows without registering an API. */
export const OPENID_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

/** Those of the account API, which is the tenant's own resource like userinfo. No client has them by default. */
export const ACCOUNT_SCOPES = ['account:read', 'account:write'] as const;

/** Names the groups of the user in the claim `groups`. It is of no specification, and no client has it by default. */
export const GROUPS_SCOPE = 'groups';

export type AccountScope = (typeof ACCOUNT_SCOPES)[number];
export type OpenIdScope = (typeof OPENID_SCOPES)[number] | typeof GROUPS_SCOPE | AccountScope;

/** Whether it is a scope of the tenant's own resource, and of no API that it registered. */
export function isOpenIdScope(name: string): name is OpenIdScope {
  return (OPENID_SCOPES as readonly string[]).includes(name) || name === GROUPS_SCOPE || isAccountScope(name);
}

export function isAccountScope(name: string): name is AccountScope {
  return (ACCOUNT_SCOPES as readonly string[]).includes(name);
}
