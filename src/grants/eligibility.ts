import type { Client } from '../clients/client.js';
import { AccessDeniedError, InvalidGrantError, UnauthorizedClientError } from '../oauth/oauth-error.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/**
 * The one question before any token, code or refresh: may this tenant, client and user have it now? An active tenant
 * is what the guard found; the rest is asked here, at every issuance and every redemption, whatever the grant.
 */
export function checkEligibility(tenant: Tenant, client: Client, user: User, access: Access): void {
  if (!client.enabled) throw new UnauthorizedClientError('The client is disabled.');
  if (!user.enabled) throw new InvalidGrantError('The grant is no longer valid.', { detail: 'user disabled' });
  if (reachesManagement(access) && !user.tenantAdmin) {
    throw new AccessDeniedError('The user is not an administrator of this tenant.');
  }
}

/** Whether tenant and client both say yes to a grant type. */
export function checkGrantType(tenant: Tenant, client: Client, grantType: string): void {
  if (!client.grantTypes.includes(grantType)) {
    throw new UnauthorizedClientError('The client is not registered for this grant type.');
  }
  if (!isAllowedByPolicy(tenant, grantType)) {
    throw new UnauthorizedClientError('The tenant does not allow this grant type.');
  }
}

/** RFC 9700 §2.1.2 and §2.4: the implicit and the password grant are off until a tenant switches them on. */
export function isAllowedByPolicy({ policy }: Tenant, grantType: string): boolean {
  if (grantType === 'implicit') return policy.allowImplicitGrant;
  if (grantType === 'password') return policy.allowPasswordGrant;
  return true;
}

function reachesManagement({ apis }: Access): boolean {
  return apis.some(({ api }) => api.isManagement);
}
