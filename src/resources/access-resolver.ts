import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { OPENID_CONNECT, type Permissions, scopesAt } from '../clients/permissions.js';
import { InvalidGrantError, InvalidScopeError, InvalidTargetError, quoted } from '../oauth/oauth-error.js';
import { GROUPS_SCOPE, isOpenIdScope } from '../oauth/openid-scopes.js';
import { type Scope, isWithin, without } from '../oauth/scope.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Access, type ApiAccess, permissionKey, scopeOf } from './access.js';
import type { Api } from './api.js';
import { ApiDirectory, type Apis, findApi } from './api-directory.js';
import { isSameResource } from './resource-identifier.js';

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
   * own resource: its userinfo endpoint, for those who ask for `openid`. A name that nothing at the tenant has is ignored
   * (RFC 6749 §3.3, OpenID Connect Core §3.1.2.1), as long as another one is left.
   * @throws InvalidScopeError for a scope the client may not ask for, and when none is known
   * @throws InvalidTargetError for a resource that is unknown, not for this client, or ambiguous
   */
  async resolve(tenant: Tenant, client: Client, request: AccessRequest): Promise<Access> {
    const apis = await this.directory.list(tenant.id);
    const allowed = allowedAccess(apis, client.permissions);
    const scope = knownScope(apis, client, request.scope);
    const openid = scope.filter((name) => isOwnScope(apis, name));
    const ofApis = without(scope, openid);
    const mayAskFor = [...scopesAt(client.permissions, OPENID_CONNECT), ...allowed.flatMap(({ scope }) => scope)];
    const refused = without(scope, mayAskFor);
    if (refused.length > 0) {
      throw new InvalidScopeError(
        `The client may not ask for the scope ${quoted(refused)}; its registration lacks it.`,
      );
    }
    const identifiers = request.resources.filter(
      (name) => !isSameResource(name, tenant.issuer) || !openid.includes('openid'),
    );
    const chosen =
      request.resources.length > 0
        ? chooseByName(apis, allowed, identifiers)
        : chooseByScope(allowed, ofApis, request.whenUnscoped);
    const unscoped = ofApis.length === 0 && request.whenUnscoped === 'everything';
    const access = unscoped ? chosen : chosen.map(({ api, scope }) => ({ api, scope: both(ofApis, scope) }));
    const homeless = ofApis.filter((name) => !access.some(({ scope }) => scope.includes(name)));
    if (homeless.length > 0) {
      const at = quoted(request.resources);
      throw new InvalidScopeError(`The client does not have the scope ${quoted(homeless)} at the resource ${at}.`);
    }
    return { openid, apis: access, resourcesRequested: identifiers.length > 0 };
  }

  /**
   * The names of a scope that mean something at this tenant, to this client.
   * @throws InvalidScopeError when there were names, and none is known
   */
  async known(tenant: Tenant, client: Client, scope: Scope): Promise<Scope> {
    return knownScope(await this.directory.list(tenant.id), client, scope);
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
    const ofIssuer = stored.permissions
      ? scopesAt(stored.permissions, OPENID_CONNECT)
      : stored.scope.filter((name) => isOwnScope(apis, name));
    const openid = both(ofIssuer, scopesAt(client.permissions, OPENID_CONNECT));
    const restored = { openid, apis: access, resourcesRequested: stored.resourcesRequested };
    if (stored.scope.length > 0 && scopeOf(restored).length === 0) {
      throw new InvalidGrantError('Nothing of what was granted is left to this client.');
    }
    return restored;
  }
}

/** An API of before may have a scope that the platform took for itself later; then the name is that of the API. */
export function isOwnScope(apis: Apis, name: string): boolean {
  return isOpenIdScope(name) && !isDefined(apis, name);
}

/**
 * `groups` is of no specification, and many clients ask for it by default. To one that was not registered with it, it is
 * a name that nothing here has.
 */
export function isUnregisteredGroups({ permissions }: Client, name: string): boolean {
  return name === GROUPS_SCOPE && !scopesAt(permissions, OPENID_CONNECT).includes(GROUPS_SCOPE);
}

/** By API: that of the platform has most of the names, and is the same object at every tenant. */
const scopeNames = new WeakMap<Api, ReadonlySet<string>>();

function scopeNamesOf(api: Api): ReadonlySet<string> {
  const known = scopeNames.get(api);
  if (known) return known;
  const names = new Set(api.scopes.map(({ name }) => name));
  scopeNames.set(api, names);
  return names;
}

/** Whether some API of the tenant has a scope of this name. */
function isDefined(apis: Apis, name: string): boolean {
  for (const api of apis.values()) if (scopeNamesOf(api).has(name)) return true;
  return false;
}

function knownScope(apis: Apis, client: Client, scope: Scope): Scope {
  const isKnown = (name: string) => isOpenIdScope(name) && !isUnregisteredGroups(client, name);
  const known = scope.filter((name) => isKnown(name) || isDefined(apis, name));
  if (known.length > 0 || scope.length === 0) return known;
  throw new InvalidScopeError(`The scope ${quoted(scope)} is not known here.`);
}

/** The client's permissions, with the API of each and the scopes that the API has. */
function allowedAccess(apis: Apis, permissions: Permissions): readonly ApiAccess[] {
  return [...apis.values()].flatMap((api): ApiAccess[] => {
    const given = scopesAt(permissions, permissionKey(api));
    if (given.length === 0) return [];
    const scope = api.scopes.map(({ name }) => name).filter((name) => given.includes(name));
    return scope.length > 0 ? [{ api, scope }] : [];
  });
}

/** A client may name a resource when it may ask for something there; one without scopes is for every client. */
function chooseByName(apis: Apis, allowed: readonly ApiAccess[], identifiers: readonly string[]): readonly ApiAccess[] {
  const chosen = identifiers.map((identifier) => {
    const api = findApi(apis, identifier);
    const given = allowed.find((access) => access.api === api);
    if (given) return given;
    if (api?.scopes.length === 0) return { api, scope: [] };
    throw new InvalidTargetError(`The resource ${quoted(identifier)} is unknown, or not for this client.`);
  });
  // One API that was named twice, or in two spellings, is one.
  return chosen.filter(({ api }, index) => chosen.findIndex((other) => other.api === api) === index);
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
    throw new InvalidTargetError(
      `The scopes ${quoted(names)} belong to more than one resource; name the resources with resource.`,
    );
  }
  return candidates;
}

/** What is in both, in the order of the first. */
function both(scope: Scope, other: Scope): Scope {
  return scope.filter((name) => other.includes(name));
}
