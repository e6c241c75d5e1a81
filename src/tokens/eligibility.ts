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
    return new EligibleUser(tenant, client, user, withinRoles(access, user));
  }

  /** The same user with less access. */
  narrowedTo(access: Access): EligibleUser {
    return new EligibleUser(this.tenant, this.client, this.user, access);
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

/** At the management API a user has what the roles allow, and a client that acts for the user has no more. */
function withinRoles(access: Access, { managementPermissions }: User): Access {
  if (!access.apis.some(({ api }) => api.isManagement)) return access;
  const permissions: readonly string[] = managementPermissions;
  if (permissions.length === 0) throw new AccessDeniedError('The user is not an administrator of this tenant.');
  const apis = access.apis.map(({ api, scope }) =>
    api.isManagement ? { api, scope: scope.filter((name) => permissions.includes(name)) } : { api, scope },
  );
  if (apis.some(({ api, scope }) => api.isManagement && scope.length === 0)) {
    throw new AccessDeniedError('The roles of the user allow nothing of what is asked for at the management API.');
  }
  return { ...access, apis };
}
