import { MANAGEMENT_API, type Permissions, scopesAt } from './permissions.js';

/** The injected `RolePermissions`: which scopes and built-in roles there are is known above this module. */
export const ROLE_PERMISSIONS = Symbol('role permissions');

/**
 * What roles allow together at the management API.
 * @param names of the roles that somebody has
 * @param ofTenant permissions of those that the tenant made
 */
export type RolePermissions = (names: readonly string[], ofTenant: readonly string[]) => readonly string[];

/** Permissions of a registration, with what the client's roles allow at the management API. */
export function withRolePermissions(permissions: Permissions, ofRoles: readonly string[]): Permissions {
  if (ofRoles.length === 0) return permissions;
  const scopes = [...new Set([...scopesAt(permissions, MANAGEMENT_API), ...ofRoles])];
  return [...permissions.filter(({ api }) => api !== MANAGEMENT_API), { api: MANAGEMENT_API, scopes }];
}
