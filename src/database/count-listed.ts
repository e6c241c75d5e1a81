import type { EntityManager } from 'typeorm';
import type { ListRequest, ListedTable } from './keyset-list.js';
import { type Total, countRows } from './read-list.js';
import type { TenantId } from './tenant-id.js';

const COUNTER = 'SELECT sum(used)::int AS used FROM tenant_usage WHERE tenant_id = $1 AND resource = $2';

/** How many rows a list of a tenant has. A counter knows all of them; what a filter or search leaves is counted. */
export async function countListed(
  manager: EntityManager,
  table: ListedTable,
  request: ListRequest,
  counter?: { readonly tenantId: TenantId; readonly resource: 'users' | 'clients' | 'apis' },
): Promise<Total> {
  if (!isWhole(request) || !counter) return countRows(manager, table, request);
  const [row] = await manager.query<{ used: number | null }[]>(COUNTER, [counter.tenantId, counter.resource]);
  return { count: row?.used ?? 0, precision: 'exact' };
}

/** Whether it is everything that there is. */
export function isWhole({ search, driver, range, filters }: ListRequest): boolean {
  return search === undefined && !driver && !range && filters.length === 0;
}
