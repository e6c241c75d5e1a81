import { type Driver, type ListRequest, type ListedTable, asFilter, ofTenant } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';

/** Orders of the users beside that of their creation. */
export const USER_SORT_KEYS = { username: 't.username_key', email: 't.email_key', name: 't.name_key' } as const;

export interface UserFilter {
  /** A user name or e-mail address in full, normalised. */
  readonly identifier?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly emailVerified?: boolean | undefined;
  /** Name of a role at the management API. */
  readonly role?: string | undefined;
  /** Id of a group. */
  readonly group?: string | undefined;
}

export type UserPage = Omit<ListRequest, 'driver' | 'filters'> & UserFilter & { readonly total?: boolean | undefined };

export function userTable(tenantId: TenantId): ListedTable {
  return {
    from: 'users t',
    id: 't.id',
    idType: 'uuid',
    always: ofTenant(tenantId),
    searched: ['t.username_key', 't.email_key', 't.name_key', 't.surname_key'].map((key) => ({ key })),
  };
}

/** The filter that leaves least is read from its index, and the others are asked of each row. */
export function userRequest(page: UserPage): ListRequest {
  const [driver, ...others] = driversOf(page);
  const { emailVerified, enabled } = page;
  return {
    ...page,
    driver,
    filters: [
      ...others.map(asFilter),
      ...(enabled === true ? [() => 't.enabled'] : []),
      ...(emailVerified === undefined ? [] : [() => (emailVerified ? 't.email_verified' : 'NOT t.email_verified')]),
    ],
  };
}

function driversOf({ identifier, group, role, enabled }: UserFilter): Driver[] {
  return [
    ...(identifier === undefined ? [] : [joined('user_identifiers', 'value', identifier)]),
    ...(group === undefined ? [] : [joined('user_group_members', 'group_id', group)]),
    ...(role === undefined ? [] : [joined('management_role_assignments', 'role', role)]),
    ...(enabled === false ? [{ condition: () => 'NOT t.enabled' }] : []),
  ];
}

/** The users that another table names. */
function joined(table: string, column: string, value: string): Driver {
  const alias = `of_${column}`;
  return {
    condition: (values) => `${alias}.${column} = ${values.add(value)}`,
    joined: {
      relation: `${table} ${alias}`,
      on: `${alias}.tenant_id = t.tenant_id AND ${alias}.user_id = t.id`,
      id: `${alias}.user_id`,
    },
  };
}
