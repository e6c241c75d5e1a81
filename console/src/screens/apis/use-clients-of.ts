import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

const LOOKED_AT = 200;

export interface ClientsOf {
  readonly clients: readonly Schema<'Client'>[];
  /** There are more clients than were looked at. */
  readonly isPart: boolean;
}

/** Which clients may ask for scopes of an API. Undefined: not known yet, or not for this person to know. */
export function useClientsOf(identifier: string): ClientsOf | undefined {
  const { tenant } = useTenant();
  const { allowed } = usePermission()('clients:read');
  const request = { path: { tenant }, query: { limit: LOOKED_AT } };
  const list = useRead('listClients', request, { enabled: allowed }).data?.body;
  if (!list) return undefined;
  const clients = list.data.filter(({ permissions }) => permissions.some(({ api }) => api === identifier));
  return { clients, isPart: list.page.has_more };
}
