import type { ManagementScope } from '../resources/management-api.js';
import { MANAGEMENT_API, type Permissions, scopesAt } from './permissions.js';

/** Permissions of a registration, with what the client's roles allow at the management API. */
export function withRolePermissions(permissions: Permissions, ofRoles: readonly ManagementScope[]): Permissions {
  if (ofRoles.length === 0) return permissions;
  const scopes = [...new Set([...scopesAt(permissions, MANAGEMENT_API), ...ofRoles])];
  return [...permissions.filter(({ api }) => api !== MANAGEMENT_API), { api: MANAGEMENT_API, scopes }];
}
