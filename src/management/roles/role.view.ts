import type { Role } from '../../roles/role.js';
import type { RoleAssignment } from '../../roles/role-assignment.js';
import type { View } from '../kit/view.js';

export function roleView({ name, displayName, description, permissions, entity }: Role): View {
  return {
    name,
    display_name: displayName,
    description,
    permissions,
    built_in: entity === undefined,
    created_at: entity?.createdAt ?? null,
    updated_at: entity?.updatedAt ?? null,
  };
}

export function roleAssignmentView({ role, givenBy, createdAt }: RoleAssignment): View {
  return { role, given_by: givenBy ?? null, created_at: createdAt };
}
