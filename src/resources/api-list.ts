import { type ListRequest, type ListedTable, ofTenant } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';

/** Orders of the APIs beside that of their creation. */
export const API_SORT_KEYS = { identifier: 't.identifier', display_name: 't.name_key' } as const;

export type ApiPage = Omit<ListRequest, 'driver' | 'filters'> & { readonly total?: boolean | undefined };

export function apiTable(tenantId: TenantId): ListedTable {
  return {
    from: 'apis t',
    id: 't.id',
    idType: 'uuid',
    always: ofTenant(tenantId),
    searched: [{ key: 't.identifier' }, { key: 't.name_key' }],
  };
}
