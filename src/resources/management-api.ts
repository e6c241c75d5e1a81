import type { Api, ApiScope } from './api.js';

const RESOURCES = {
  tenants: 'tenants, their policies and their branding',
  clients: 'clients',
  users: 'users',
  apis: 'APIs',
  keys: 'signing keys',
  consents: 'consents',
} as const;

/** What a token for the management API can allow. */
export const MANAGEMENT_SCOPES: readonly ApiScope[] = [
  ...Object.entries(RESOURCES).flatMap(([resource, what]) => [
    { name: `${resource}:read`, description: `See ${what}` },
    { name: `${resource}:write`, description: `Create, change and delete ${what}` },
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
    accessTokenLifetimeSeconds: 600,
    introspectionClientIds: [],
    isManagement: true,
    createdAt: 0,
  };
}
