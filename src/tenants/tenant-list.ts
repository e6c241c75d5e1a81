import type { Driver, ListRequest, ListedTable, Values } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';
import type { TenantStatus } from './tenant.js';

/** Orders of the tenants beside that of their creation. */
export const TENANT_SORT_KEYS = { slug: 't.slug', display_name: 't.name_key' } as const;

export type TenantPage = Omit<ListRequest, 'driver' | 'filters'> & {
  readonly status?: TenantStatus | undefined;
  /** Id of the policy template that they inherit from. */
  readonly policyTemplateId?: string | undefined;
  /** Only this one. */
  readonly only?: TenantId | undefined;
  readonly total?: boolean | undefined;
};

export const TENANT_TABLE: ListedTable = {
  from: 'tenants t',
  id: 't.id',
  idType: 'uuid',
  always: () => 'NOT t.destroying',
  searched: [
    { key: 't.slug' },
    { key: 't.name_key' },
    { key: 'v.domain', joined: { relation: 'verified_domains v', on: 'v.tenant = t.id' } },
  ],
};

export function tenantRequest({ status, policyTemplateId, only, ...page }: TenantPage): ListRequest {
  const [driver, ...others] = [
    ...(only === undefined ? [] : [equals('t.id', only)]),
    ...(policyTemplateId === undefined ? [] : [equals('t.policy_template_id', policyTemplateId)]),
    ...(status === 'suspended' ? [{ condition: () => "t.status = 'suspended'" }] : []),
  ];
  const isActive = status === 'active' ? [() => "t.status = 'active'"] : [];
  return { ...page, driver, filters: [...others.map(({ condition }) => condition), ...isActive] };
}

function equals(column: string, value: string): Driver {
  return { condition: (values: Values) => `${column} = ${values.add(value)}` };
}
