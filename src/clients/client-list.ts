import { type ListRequest, type ListedTable, type Values, ofTenant } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ApplicationType } from '../oauth/redirect-uri.js';

/** Orders of the clients. The usual one is that of their identifiers. */
export const CLIENT_SORT_KEYS = { name: 't.name_key' } as const;

export type ClientPage = Omit<ListRequest, 'driver' | 'range' | 'filters'> & {
  readonly enabled?: boolean | undefined;
  readonly applicationType?: ApplicationType | undefined;
  readonly total?: boolean | undefined;
};

export function clientTable(tenantId: TenantId): ListedTable {
  return {
    from: 'clients t',
    id: 't.client_id',
    idType: 'text',
    always: ofTenant(tenantId),
    searched: [{ key: 't.client_id' }, { key: 't.name_key' }],
  };
}

export function clientRequest({ enabled, applicationType, ...page }: ClientPage): ListRequest {
  return {
    ...page,
    filters: [
      ...(enabled === undefined ? [] : [() => (enabled ? 't.enabled' : 'NOT t.enabled')]),
      ...(applicationType === undefined
        ? []
        : [(values: Values) => `t.application_type = ${values.add(applicationType)}`]),
    ],
  };
}
