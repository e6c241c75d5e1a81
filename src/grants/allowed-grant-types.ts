import type { Client } from '../clients/client.js';
import { UnauthorizedClientError } from '../oauth/oauth-error.js';
import type { Tenant } from '../tenants/tenant.js';

/** Checks that tenant and client both allow a grant type. */
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
