import type { Client } from '../clients/client.js';
import { AccessDeniedError, InvalidGrantError, UnauthorizedClientError } from '../oauth/oauth-error.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/**
 * A user for whom a client may have this access now. Everything that issues for a user asks for one, and only
 * `checkEligibility` makes one, so an issuance that forgets the question does not compile.
 */
export class EligibleUser {
  /** Keeps a look-alike from passing for it. */
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
 * The one question before any token, code or refresh: may this tenant, client and user have it now? An active tenant
 * is what the guard found. The rest is asked here, at every issuance and every redemption, whatever the grant.
 * @throws UnauthorizedClientError, InvalidGrantError, AccessDeniedError
 */
export function checkEligibility(tenant: Tenant, client: Client, user: User, access: Access): EligibleUser {
  return EligibleUser.check(tenant, client, user, access);
}

function reachesManagement({ apis }: Access): boolean {
  return apis.some(({ api }) => api.isManagement);
}
