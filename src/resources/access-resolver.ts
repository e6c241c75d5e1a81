import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { OPENID_CONNECT, type Permissions, scopesAt } from '../clients/permissions.js';
import { InvalidGrantError, InvalidScopeError, InvalidTargetError } from '../oauth/oauth-error.js';
import { isOpenIdScope } from '../oauth/openid-scopes.js';
import { type Scope, isWithin } from '../oauth/scope.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Access, type ApiAccess, permissionKey, scopeOf } from './access.js';
import type { Api } from './api.js';
import { ApiDirectory, type Apis } from './api-directory.js';

export interface AccessRequest {
  readonly scope: Scope;
  /** The `resource` parameters, RFC 8707 §2. */
  readonly resources: readonly string[];
  /** What to grant when no scope of an API is asked for: everything the client may have there, or nothing. */
  readonly whenUnscoped: 'everything' | 'nothing';
}

/** Access as a grant keeps it. */
export interface StoredAccess {
  readonly scope: Scope;
  readonly resources: readonly string[];
  readonly resourcesRequested: boolean;
  /** Absent in grants of older versions, which kept names and resources apart. */
  readonly permissions: Permissions | undefined;
  /** Unix time in seconds. */
  readonly createdAt: number;
}

/**
 * Resolves which scopes of which protected resources a request is about. Only the client's own permissions are
 * considered.
 */
@Injectable()
export class AccessResolver {
  constructor(private readonly directory: ApiDirectory) {}

  /**
   * Without a `resource` the scopes name it, as long as the client has them for one API only. The issuer is the tenant's
   * own resource: its userinfo endpoint, for those who ask for `openid`.
   * @throws InvalidScopeError for a scope the client may not ask for
   * @throws InvalidTargetError for a resource that is unknown, not for this client, or ambiguous
   */
  async resolve(tenant: Tenant, client: Client, request: AccessRequest): Promise<Access> {
    const apis = await this.directory.list(tenant.id);
    const allowed = allowedAccess(apis, client.permissions);
    const openid = request.scope.filter(isOpenIdScope);
    const ofApis = request.scope.filter((name) => !isOpenIdScope(name));
    const known = [...scopesAt(client.permissions, OPENID_CONNECT), ...allowed.flatMap(({ scope }) => scope)];
    if (!isWithin(request.scope, known)) throw new InvalidScopeError('The client may not ask for this scope.');
    const identifiers = request.resources.filter((name) => name !== tenant.issuer || !openid.includes('openid'));
    const chosen =
      request.resources.length > 0
        ? chooseByName(apis, allowed, identifiers)
        : chooseByScope(allowed, ofApis, request.whenUnscoped);
    const unscoped = ofApis.length === 0 && request.whenUnscoped === 'everything';
    const access = unscoped ? chosen : chosen.map(({ api, scope }) => ({ api, scope: both(ofApis, scope) }));
    const homeless = ofApis.find((name) => !access.some(({ scope }) => scope.includes(name)));
    if (homeless !== undefined) {
      throw new InvalidScopeError('The client has one of the scopes for none of the requested resources.');
    }
    return { openid, apis: access, resourcesRequested: identifiers.length > 0 };
  }

  /**
   * Access that was granted before, reduced to what the client may still have. An API that was registered after the
   * grant is not included, even if it has the identifier of a deleted one.
   * @throws InvalidGrantError when nothing is left of it
   */
  async restore(tenant: Tenant, client: Client, stored: StoredAccess): Promise<Access> {
    const apis = await this.directory.list(tenant.id);
    const allowed = allowedAccess(apis, client.permissions);
    const access = stored.resources.flatMap((identifier): ApiAccess[] => {
      const api = apis.get(identifier);
      if (!api || api.createdAt > stored.createdAt) return [];
      const granted = stored.permissions ? scopesAt(stored.permissions, permissionKey(api)) : stored.scope;
      const may = allowed.find((one) => one.api === api)?.scope;
      // A client that lost all scopes of an API has no access to it.
      if (!may && api.scopes.length > 0) return [];
      return [{ api, scope: both(granted, may ?? []) }];
    });
    const openid = both(stored.scope.filter(isOpenIdScope), scopesAt(client.permissions, OPENID_CONNECT));
    const restored = { openid, apis: access, resourcesRequested: stored.resourcesRequested };
    if (stored.scope.length > 0 && scopeOf(restored).length === 0) {
      throw new InvalidGrantError('Nothing of what was granted is left to this client.');
    }
    return restored;
  }
}

/** The client's permissions, with the API of each and the scopes that the API has. */
function allowedAccess(apis: Apis, permissions: Permissions): readonly ApiAccess[] {
  return [...apis.values()].flatMap((api): ApiAccess[] => {
    const given = scopesAt(permissions, permissionKey(api));
    const scope = api.scopes.map(({ name }) => name).filter((name) => given.includes(name));
    return scope.length > 0 ? [{ api, scope }] : [];
  });
}

/** A client may name a resource when it may ask for something there; one without scopes is for every client. */
function chooseByName(apis: Apis, allowed: readonly ApiAccess[], identifiers: readonly string[]): readonly ApiAccess[] {
  return [...new Set(identifiers)].map((identifier) => {
    const known = allowed.find(({ api }) => api.identifier === identifier);
    const open = known ? undefined : openApi(apis, identifier);
    const access = known ?? (open && { api: open, scope: [] });
    if (!access) throw new InvalidTargetError('The resource is unknown, or not for this client.');
    return access;
  });
}

function openApi(apis: Apis, identifier: string): Api | undefined {
  const api = apis.get(identifier);
  return api?.scopes.length === 0 ? api : undefined;
}

function chooseByScope(
  allowed: readonly ApiAccess[],
  names: Scope,
  whenUnscoped: AccessRequest['whenUnscoped'],
): readonly ApiAccess[] {
  if (names.length === 0 && whenUnscoped === 'nothing') return [];
  const candidates = allowed.filter(({ scope }) => isWithin(names, scope));
  if (candidates.length > 1) {
    const identifiers = candidates.map(({ api }) => api.identifier).join(' or ');
    throw new InvalidTargetError(`More than one resource is meant; name one with resource: ${identifiers}.`);
  }
  if (candidates.length === 0 && names.length > 0) {
    throw new InvalidTargetError('The scopes belong to more than one resource; name the resources with resource.');
  }
  return candidates;
}

/** What is in both, in the order of the first. */
function both(scope: Scope, other: Scope): Scope {
  return scope.filter((name) => other.includes(name));
}
