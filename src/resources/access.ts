import { MANAGEMENT_API, type Permissions, openIdPermission } from '../clients/permissions.js';
import type { Scope } from '../oauth/scope.js';
import type { Api } from './api.js';

/** What a client asks for, or was given: scopes, told apart by the resource they belong to. */
export interface Access {
  readonly openid: Scope;
  readonly apis: readonly ApiAccess[];
  /** The client named APIs itself (RFC 8707), so each token is for one of them alone. */
  readonly resourcesRequested: boolean;
}

export interface ApiAccess {
  readonly api: Api;
  readonly scope: Scope;
}

/** Every scope name, those of OpenID Connect first. */
export function scopeOf(access: Access): Scope {
  return [...new Set([...access.openid, ...access.apis.flatMap(({ scope }) => scope)])];
}

/** The part of it that has one of these names. */
export function narrowed(access: Access, names: Scope): Access {
  const within = (scope: Scope) => scope.filter((name) => names.includes(name));
  return {
    ...access,
    openid: within(access.openid),
    apis: access.apis.map(({ api, scope }) => ({ api, scope: within(scope) })),
  };
}

/** As it is stored with a grant: each scope with the API it was given for. */
export function permissionsOf({ openid, apis }: Access): Permissions {
  return [...openIdPermission(openid), ...apis.map(({ api, scope }) => ({ api: permissionKey(api), scopes: scope }))];
}

/** What an API is called in permissions. */
export function permissionKey({ identifier, isManagement }: Pick<Api, 'identifier' | 'isManagement'>): string {
  return isManagement ? MANAGEMENT_API : identifier;
}
