import type { Client } from '../clients/client.js';
import { AccessDeniedError, InvalidGrantError, UnauthorizedClientError } from '../oauth/oauth-error.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/**
 * A user for whom a client may have this access now. Every issuance for a user takes one, and only `checkEligibility`
 * makes one. So an issuance that forgets the check does not compile.
 */
export class EligibleUser {
  /** A private member: an object of the same shape is not assignable to this class. */
  private readonly checked = true;

  private constructor(
    readonly tenant: Tenant,
    readonly client: Client,
    readonly user: User,
    readonly access: Access,
  ) {}

  static check(tenant: Tenant, client: Client, user: User, access: Access): EligibleUser {
    if (!client.enabled) throw new UnauthorizedClientError('The client is disabled.');
    if (!user.enabled) throw new InvalidGrantError('The grant is no longer valid.', { detail: 'user disabled' });
    if (reachesManagement(access) && !user.tenantAdmin) {
      throw new AccessDeniedError('The user is not an administrator of this tenant.');
    }
    return new EligibleUser(tenant, client, user, access);
  }
}

/**
 * Checks whether this tenant, client and user may have this access now. It is called before every issuance: tokens,
 * codes, redemption and refresh, for every grant type. The guard has checked before that the tenant is active.
 * @throws UnauthorizedClientError, InvalidGrantError, AccessDeniedError
 */
export function checkEligibility(tenant: Tenant, client: Client, user: User, access: Access): EligibleUser {
  return EligibleUser.check(tenant, client, user, access);
}

function reachesManagement({ apis }: Access): boolean {
  return apis.some(({ api }) => api.isManagement);
}
