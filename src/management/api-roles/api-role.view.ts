import type { ApiRoleAssignment } from '../../api-roles/api-role-holder.js';
import type { ApiRoleEntity } from '../../api-roles/api-role.entity.js';
import type { View } from '../kit/view.js';

export function apiRoleView(role: ApiRoleEntity): View {
  return {
    id: role.id,
    api_id: role.apiId,
    name: role.name,
    display_name: role.displayName,
    description: role.description,
    scopes: role.scopes,
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  };
}

export function apiRoleAssignmentView(assignment: ApiRoleAssignment): View {
  const { userId, groupId, clientId, givenBy, createdAt } = assignment;
  return {
    user_id: userId ?? null,
    group_id: groupId ?? null,
    client_id: clientId ?? null,
    given_by: givenBy ?? null,
    created_at: createdAt,
  };
}
