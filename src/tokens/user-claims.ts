import { Injectable } from '@nestjs/common';
import type { HeldApiRole } from '../api-roles/api-role-holder.js';
import { ApiRolesService } from '../api-roles/api-roles.service.js';
import { OPENID_CONNECT, scopesAt } from '../clients/permissions.js';
import type { Client } from '../clients/client.js';
import type { TenantId } from '../database/tenant-id.js';
import { GroupsService } from '../groups/groups.service.js';
import { GROUPS_SCOPE } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';
import { type Access, scopeOf } from '../resources/access.js';
import type { Api } from '../resources/api.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ClaimTarget } from '../tenants/user-attributes.js';
import { attributeClaims } from '../users/attribute-values.js';
import { type Claims, claimsFor } from '../users/scope-claims.js';
import type { User } from '../users/user.js';
import type { EligibleUser } from './eligibility.js';
import { apisWithRoles, roleClaims, withinApiRoles } from './role-access.js';

/** What tokens say about a user, read once for all tokens of a response. */
export interface ReleasedClaims {
  /** With the access that the roles of the user leave. */
  readonly eligible: EligibleUser;
  /** In the ID token. */
  readonly ofUser: Claims;
  /** In an access token for an API. */
  readonly ofAccess: AccessClaims;
}

/** By the API, and the scopes of the access token with those of OpenID Connect that were granted beside them. */
export type AccessClaims = (api: Api, scope: Scope) => Claims;

/** Finds what is released about a user or client. Without groups and roles of APIs it costs no statement. */
@Injectable()
export class UserClaims {
  constructor(
    private readonly groups: GroupsService,
    private readonly apiRoles: ApiRolesService,
  ) {}

  async ofEligible(given: EligibleUser): Promise<ReleasedClaims> {
    const { tenant, client, user, access } = given;
    const [groups, held] = await Promise.all([
      this.groupsOf(tenant.id, user, access.openid),
      this.rolesAt(tenant.id, { userId: user.id }, access),
    ]);
    const attributes = (scope: Scope, target: ClaimTarget) =>
      attributeClaims(tenant.userAttributes, user.attributes, { clientId: client.clientId, scope, target });
    return {
      eligible: apisWithRoles(access).length > 0 ? given.narrowedTo(withinApiRoles(access, held)) : given,
      ofUser: { ...claimsFor(user, access.openid), ...attributes(scopeOf(access), 'id_token'), ...groups },
      ofAccess: (api, scope) => ({ ...attributes(scope, 'access_token'), ...groups, ...roleClaims(api, held) }),
    };
  }

  /** For a client that acts for itself. */
  async ofClient(
    { id }: Tenant,
    { clientId }: Client,
    access: Access,
  ): Promise<{ readonly access: Access; readonly ofAccess: AccessClaims | undefined }> {
    if (apisWithRoles(access).length === 0) return { access, ofAccess: undefined };
    const held = await this.rolesAt(id, { clientId }, access);
    return { access: withinApiRoles(access, held), ofAccess: (api) => roleClaims(api, held) };
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

  private async rolesAt(
    tenantId: TenantId,
    holder: { readonly userId: string } | { readonly clientId: string },
    access: Access,
  ): Promise<readonly HeldApiRole[]> {
    const apiIds = apisWithRoles(access);
    return apiIds.length === 0 ? [] : this.apiRoles.heldBy(tenantId, holder, apiIds);
  }
}
