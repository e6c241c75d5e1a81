import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { ApiRolesOf } from './api-roles-of.js';
import { UserGroups } from './user-groups.js';
import { UserRoles } from './user-roles.js';

/** What the person may do: at this console, in applications, and at the tenant's APIs. */
export function UserAccess({ user }: { readonly user: Schema<'User'> }) {
  const { tenant } = useTenant();
  const permission = usePermission();
  const groups = useRead('getUserGroups', { path: { tenant, user_id: user.id } }).data?.body.data;
  return (
    <>
      {permission('roles:read').allowed && <UserRoles user={user} />}
      <UserGroups user={user} />
      {permission('apis:read').allowed && (
        <ApiRolesOf
          kind="user"
          id={user.id}
          groups={new Map(groups?.map(({ group_id, group }) => [group_id, group]))}
        />
      )}
    </>
  );
}
