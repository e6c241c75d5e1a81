import { type ListRequest, type ListedTable, ofTenant } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';

/** Orders of the groups beside that of their creation. */
export const GROUP_SORT_KEYS = { name: 't.name_key' } as const;

export type GroupPage = Omit<ListRequest, 'driver' | 'filters'> & {
  /** In full, whatever its case. */
  readonly name?: string | undefined;
  readonly total?: boolean | undefined;
};

export function groupTable(tenantId: TenantId): ListedTable {
  return {
    from: 'user_groups t',
    id: 't.id',
    idType: 'uuid',
    always: ofTenant(tenantId),
    searched: [{ key: 't.name_key' }],
  };
}

export function groupRequest({ name, ...page }: GroupPage): ListRequest {
  return {
    ...page,
    driver: name === undefined ? undefined : { condition: (values) => `t.name_key = search_key(${values.add(name)})` },
    filters: [],
  };
}
