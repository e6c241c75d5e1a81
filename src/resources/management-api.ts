import type { Api, ApiScope } from './api.js';

/** What the consent page says of each scope. Whose tenants are meant depends on who signs in. */
const DESCRIPTIONS = {
  'tenants:read': 'See tenants, their policies and their branding',
  'tenants:write': 'Manage tenants, their policies and their branding',
  'branding:write': 'Change the branding and the texts of pages and mails',
  'clients:read': 'See clients',
  'clients:write': 'Create, change and delete clients',
  'users:read': 'See users',
  'users:write': 'Create, change and delete users',
  'users:recover': 'Help users back into their accounts: mail links, remove second factors and passkeys',
  'apis:read': 'See APIs',
  'apis:write': 'Create, change and delete APIs',
  'keys:read': 'See signing keys',
  'keys:write': 'Rotate and revoke signing keys',
  'consents:read': 'See what users allowed applications',
  'consents:write': 'Withdraw what users allowed applications',
  'roles:read': 'See the roles of administrators, and who has them',
  'roles:write': 'Make, change, give and take roles of administrators',
  'audit:read': 'See the audit log',
  'webhooks:read': 'See webhooks and how their deliveries fare',
  'webhooks:write': 'Manage webhooks, which send events to other systems',
} as const;

/** The name of a scope of the management API; another one does not compile. */
export type ManagementScope = keyof typeof DESCRIPTIONS;

/** What a token for the management API can allow. */
export const MANAGEMENT_SCOPES: readonly (ApiScope & { readonly name: ManagementScope })[] = (
  Object.keys(DESCRIPTIONS) as ManagementScope[]
).map((name) => ({ name, description: DESCRIPTIONS[name] }));

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
    rolesInTokens: 'off',
    isManagement: true,
    createdAt: 0,
  };
}
