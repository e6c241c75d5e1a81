import type { StoredClient } from '../../clients/clients.repository.js';
import { withRolePermissions } from '../../clients/role-permissions.js';
import { permissionsOfRoles } from '../../resources/management-roles.js';

/** What a client may do by its registration and its roles: for `requirePowerOver`. */
export function powersOf({ entity, tenantRolePermissions }: StoredClient) {
  const ofRoles = permissionsOfRoles(entity.managementRoles, tenantRolePermissions);
  return { permissions: withRolePermissions(entity.permissions, ofRoles) };
}
