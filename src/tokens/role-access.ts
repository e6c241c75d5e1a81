import type { HeldApiRole } from '../api-roles/api-role-holder.js';
import type { Access } from '../resources/access.js';
import type { Api } from '../resources/api.js';
import type { Claims } from '../users/scope-claims.js';

/** The APIs whose tokens say something of roles. */
export function apisWithRoles({ apis }: Access): readonly string[] {
  return apis.flatMap(({ api }) => (api.rolesInTokens !== 'off' && api.id !== undefined ? [api.id] : []));
}

/** Where an API wants it, the part of the scope that the roles allow. */
export function withinApiRoles(access: Access, held: readonly HeldApiRole[]): Access {
  const apis = access.apis.map(({ api, scope }) => {
    if (api.rolesInTokens !== 'claims_and_scope') return { api, scope };
    const allowed = permissionsAt(api, held);
    return { api, scope: scope.filter((name) => allowed.includes(name)) };
  });
  return { ...access, apis };
}

/**
 * RFC 9068 §2.2.3.1 has `roles` from RFC 7643 §4.1.2. `permissions` is what they allow together, also beyond what the
 * client asked for.
 */
export function roleClaims(api: Api, held: readonly HeldApiRole[]): Claims {
  if (api.rolesInTokens === 'off') return {};
  const roles = held.filter(({ apiId }) => apiId === api.id).map(({ name }) => name);
  return { roles, permissions: permissionsAt(api, held) };
}

function permissionsAt(api: Api, held: readonly HeldApiRole[]): string[] {
  const allowed = new Set(held.filter(({ apiId }) => apiId === api.id).flatMap(({ scopes }) => scopes));
  return api.scopes.map(({ name }) => name).filter((name) => allowed.has(name));
}
