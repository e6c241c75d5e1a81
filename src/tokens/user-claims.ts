import { Injectable } from '@nestjs/common';
import { OPENID_CONNECT, scopesAt } from '../clients/permissions.js';
import type { Client } from '../clients/client.js';
import type { TenantId } from '../database/tenant-id.js';
import { GroupsService } from '../groups/groups.service.js';
import { GROUPS_SCOPE } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';
import { scopeOf } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ClaimTarget } from '../tenants/user-attributes.js';
import { attributeClaims } from '../users/attribute-values.js';
import { type Claims, claimsFor } from '../users/scope-claims.js';
import type { User } from '../users/user.js';
import type { EligibleUser } from './eligibility.js';

/** What tokens say about a user, read once for all tokens of a response. */
export interface ReleasedClaims {
  /** In the ID token. */
  readonly ofUser: Claims;
  /** In an access token for an API, RFC 9068 §2.2.3.1. */
  readonly ofAccess: AccessClaims;
}

/** By the scopes of the access token and those of OpenID Connect that were granted with them. */
export type AccessClaims = (scope: Scope) => Claims;

/** Finds what a scope releases about a user. Whoever does not ask for groups costs no statement. */
@Injectable()
export class UserClaims {
  constructor(private readonly groups: GroupsService) {}

  async ofEligible({ tenant, client, user, access }: EligibleUser): Promise<ReleasedClaims> {
    const groups = await this.groupsOf(tenant.id, user, access.openid);
    const attributes = (scope: Scope, target: ClaimTarget) =>
      attributeClaims(tenant.userAttributes, user.attributes, { clientId: client.clientId, scope, target });
    return {
      ofUser: { ...claimsFor(user, access.openid), ...attributes(scopeOf(access), 'id_token'), ...groups },
      ofAccess: (scope) => ({ ...attributes(scope, 'access_token'), ...groups }),
    };
  }

  /** At userinfo, for an access token of whose scope the client still holds this. */
  async ofToken(
    { id, userAttributes }: Tenant,
    { client, user, scope }: { readonly client: Client; readonly user: User; readonly scope: Scope },
  ): Promise<Claims> {
    // An API of before may have a scope of that name, which is another one.
    const own = scope.filter((name) => scopesAt(client.permissions, OPENID_CONNECT).includes(name));
    const to = { clientId: client.clientId, scope, target: 'userinfo' } as const;
    return {
      ...claimsFor(user, scope),
      ...attributeClaims(userAttributes, user.attributes, to),
      ...(await this.groupsOf(id, user, own)),
    };
  }

  /** An empty list is sent as one: many applications fail over a claim that they were promised and do not find. */
  private async groupsOf(tenantId: TenantId, user: User, scope: Scope): Promise<Claims> {
    if (!scope.includes(GROUPS_SCOPE)) return {};
    return { groups: await this.groups.namesOfUser(tenantId, user.id) };
  }
}
