import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import type { ManagementScope } from '../resources/management-api.js';
import { BUILT_IN_ROLES, type BuiltInRole } from '../resources/management-roles.js';
import type { Tenant } from '../tenants/tenant.js';
import type { RoleEntity } from './role.entity.js';

/** A role that can be given at a tenant, built in or made by the tenant. */
export interface Role {
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly permissions: readonly ManagementScope[];
  /** Undefined of those that are built in. */
  readonly entity: RoleEntity | undefined;
}

/** Whose users are operators of the platform. */

/** Operators have other built-in roles than the administrators of tenants. */
export function builtInRolesAt({ slug }: Pick<Tenant, 'slug'>): readonly Role[] {
  const whose = slug === SYSTEM_TENANT_SLUG ? 'operators' : 'tenants';
  return BUILT_IN_ROLES.filter(({ isFor }) => isFor.includes(whose)).map(ofBuiltIn);
}

export function ofEntity(entity: RoleEntity): Role {
  const { name, displayName, description, permissions } = entity;
  return { name, displayName, description, permissions, entity };
}

function ofBuiltIn({ name, displayName, description, permissions }: BuiltInRole): Role {
  return { name, displayName, description, permissions, entity: undefined };
}
