import type { Api, ApiScope } from './api.js';

const RESOURCES = {
  tenants: 'tenants, their policies and their branding',
  clients: 'clients',
  users: 'users',
  apis: 'APIs',
  keys: 'signing keys',
  consents: 'consents',
} as const;

type Resource = keyof typeof RESOURCES;

/** The name of a scope of the management API; another one does not compile. */
export type ManagementScope = `${Resource}:read` | `${Resource}:write` | 'audit:read';

/** What a token for the management API can allow. */
export const MANAGEMENT_SCOPES: readonly (ApiScope & { readonly name: ManagementScope })[] = [
  ...(Object.keys(RESOURCES) as Resource[]).flatMap((resource) => [
    { name: `${resource}:read` as const, description: `See ${RESOURCES[resource]}` },
    { name: `${resource}:write` as const, description: `Create, change and delete ${RESOURCES[resource]}` },
  ]),
  { name: 'audit:read', description: 'See the audit log' },
];

/** The platform's own API, a protected resource that every tenant has without registering it. */
export function managementApi(publicUrl: string): Api {
  return {
    identifier: `${publicUrl}/api`,
    displayName: 'Management API',
    scopes: MANAGEMENT_SCOPES,
    accessTokenFormat: 'jwt',
    accessTokenTyp: 'at+jwt',
    accessTokenLifetimeSeconds: 600,
    introspectionClientIds: [],
    isManagement: true,
    createdAt: 0,
  };
}
