import type { Client } from '../clients/client.js';
import { MANAGEMENT_API, OPENID_CONNECT, scopesAt } from '../clients/permissions.js';
import { isOpenIdScope } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';
import type { User } from '../users/user.js';

/** What a token is good for. */
export interface TokenAccess {
  readonly scope: Scope;
  readonly audience: readonly string[];
}

/** The resources of the tenant that are no API it registered. */
export interface OwnResources {
  /** Audiences of the userinfo endpoint. */
  readonly issuers: readonly string[];
  readonly managementIdentifier: string;
}

/** Who holds it: a client, and the user it acts for. */
export interface Holders {
  readonly client: Pick<Client, 'permissions'>;
  readonly user: Pick<User, 'managementPermissions'> | undefined;
}

/**
 * The part of a token's access that its client still holds, and its user at the management API. A scope that was taken from the client after the token was
 * issued is left out (RFC 7662 §2.2 describes the token as it is now), and so is a resource at which no scope is left.
 * @returns undefined when nothing is left of what there was
 */
export function heldAccess(
  { client: { permissions }, user }: Holders,
  { scope, audience }: TokenAccess,
  { issuers, managementIdentifier }: OwnResources,
): TokenAccess | undefined {
  if (scope.length === 0) return { scope, audience };
  const heldAt = (resource: string): Scope => {
    const isOwn = issuers.includes(resource);
    const key = isOwn ? OPENID_CONNECT : resource === managementIdentifier ? MANAGEMENT_API : resource;
    const ofUser: readonly string[] | undefined = key === MANAGEMENT_API ? user?.managementPermissions : undefined;
    const given = scopesAt(permissions, key).filter((name) => !ofUser || ofUser.includes(name));
    // Permissions are bound, so an API's never hold a name of ours, but for one that the API had first.
    return scope.filter((name) => (isOpenIdScope(name) || !isOwn) && given.includes(name));
  };
  const held = new Set(audience.flatMap(heldAt));
  if (held.size === 0) return undefined;
  if (held.size === scope.length) return { scope, audience };
  const hadScopes = (resource: string) => scope.some((name) => isOpenIdScope(name) === issuers.includes(resource));
  return {
    scope: scope.filter((name) => held.has(name)),
    audience: audience.filter((resource) => !hadScopes(resource) || heldAt(resource).length > 0),
  };
}
