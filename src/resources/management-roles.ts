import { MANAGEMENT_SCOPES, type ManagementScope } from './management-api.js';

/** A role that every tenant has without making it. */
export interface BuiltInRole {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly permissions: readonly ManagementScope[];
  /** Whom it is for: operators at tenant `system`, administrators at every other tenant. */
  readonly isFor: readonly ('operators' | 'tenants')[];
}

const ALL = MANAGEMENT_SCOPES.map(({ name }) => name);
const READ = ALL.filter((name) => name.endsWith(':read'));

/** The role that may do everything. Somebody of each tenant should have it. */
export const OWNER = 'owner';

/** In the order of the list. No tenant can make a role of one of these names. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  {
    name: OWNER,
    displayName: 'Owner',
    description: 'May do everything.',
    permissions: ALL,
    isFor: ['operators', 'tenants'],
  },
  {
    name: 'support',
    displayName: 'Support',
    description: 'Sees everything, and helps people back into their accounts.',
    permissions: [...READ, 'users:recover'],
    isFor: ['operators'],
  },
  {
    name: 'client_admin',
    displayName: 'Client administrator',
    description: 'Manages clients, APIs and what users allowed clients.',
    permissions: ['clients:read', 'clients:write', 'apis:read', 'apis:write', 'consents:read', 'consents:write'],
    isFor: ['tenants'],
  },
  {
    name: 'user_admin',
    displayName: 'User administrator',
    description: 'Manages users, invitations and what users allowed clients.',
    permissions: ['users:read', 'users:write', 'users:recover', 'consents:read', 'consents:write'],
    isFor: ['tenants'],
  },
  {
    name: 'branding',
    displayName: 'Branding',
    description: 'Changes how pages and mails look and what they say.',
    permissions: ['tenants:read', 'branding:write'],
    isFor: ['tenants'],
  },
  {
    name: 'auditor',
    displayName: 'Auditor',
    description: 'Sees everything and changes nothing.',
    permissions: READ,
    isFor: ['operators', 'tenants'],
  },
];

export function findBuiltInRole(name: string): BuiltInRole | undefined {
  return BUILT_IN_ROLES.find((role) => role.name === name);
}

/**
 * What roles allow together.
 * @param names of the roles that somebody has
 * @param ofTenant permissions of those that the tenant made
 */
export function permissionsOfRoles(names: readonly string[], ofTenant: readonly string[]): readonly ManagementScope[] {
  if (names.length === 0) return [];
  const given = new Set<string>([...ofTenant, ...names.flatMap((name) => findBuiltInRole(name)?.permissions ?? [])]);
  return ALL.filter((name) => given.has(name));
}
