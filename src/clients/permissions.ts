import { isOpenIdScope } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';

/** What somebody may do at one API: the pair that every scope name is bound in. */
export interface Permission {
  /** Identifier of the API, or one of the two keys below. */
  readonly api: string;
  readonly scopes: readonly string[];
}

export type Permissions = readonly Permission[];

/** Stands for the scopes of OpenID Connect, which belong to no API. */
export const OPENID_CONNECT = '';

/**
 * Stands for the management API. Its identifier follows PUBLIC_URL, so it is not stored. This key is no absolute URI, so
 * no tenant can register an API of that identifier.
 */
export const MANAGEMENT_API = 'management';

/** The scope names that are given for one API. */
export function scopesAt(permissions: Permissions, api: string): Scope {
  return permissions.find((permission) => permission.api === api)?.scopes ?? [];
}

/** The scopes of OpenID Connect among the names, as a permission when there are any. */
export function openIdPermission(names: Scope): Permissions {
  const scopes = names.filter(isOpenIdScope);
  return scopes.length > 0 ? [{ api: OPENID_CONNECT, scopes }] : [];
}

/** Every name once, those of OpenID Connect first: the `scope` of RFC 7591 §2. */
export function namesOf(permissions: Permissions): string[] {
  return [...new Set([...scopesAt(permissions, OPENID_CONNECT), ...permissions.flatMap(({ scopes }) => [...scopes])])];
}
