import type { Client } from '../clients/client.js';
import { UnauthorizedClientError } from '../oauth/oauth-error.js';
import type { Tenant } from '../tenants/tenant.js';
import { allowsGrantType, hasEnded, isSwitchedGrant } from '../tenants/tenant-policy.js';

/** Checks that tenant and client both allow a grant type. */
export function checkGrantType(tenant: Tenant, client: Client, grantType: string): void {
  if (!client.grantTypes.includes(grantType)) {
    throw new UnauthorizedClientError(`The client is not registered for the grant type ${grantType} (grant_types).`);
  }
  if (isSwitchedGrant(grantType) && hasEnded(tenant.policy, grantType)) {
    throw new UnauthorizedClientError(
      `The grant type ${grantType} was switched off at the tenant on its day (policy ${grantType}_grant_off_from).`,
    );
  }
  if (!allowsGrantType(tenant.policy, grantType)) {
    throw new UnauthorizedClientError(
      `The tenant does not allow the grant type ${grantType} (policy allow_${grantType}_grant).`,
    );
  }
}
