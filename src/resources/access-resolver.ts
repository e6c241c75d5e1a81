import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { InvalidScopeError, InvalidTargetError } from '../oauth/oauth-error.js';
import { isOpenIdScope } from '../oauth/openid-scopes.js';
import { type Scope, isWithin } from '../oauth/scope.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Access, ApiAccess } from './access.js';
import type { Api } from './api.js';
import { ApiDirectory, type Apis } from './api-directory.js';

export interface AccessRequest {
  readonly scope: Scope;
  /** The `resource` parameters, RFC 8707 §2. */
  readonly resources: readonly string[];
  /** What to give when no scope of an API is asked for: everything the client may have there, or nothing. */
  readonly whenUnscoped: 'everything' | 'nothing';
}

/** Which protected resources, and what there, a request is about. */
@Injectable()
export class AccessResolver {
  constructor(private readonly directory: ApiDirectory) {}

  /**
   * Without a `resource` the scopes name it, as long as they belong to one API only. The issuer is the tenant's own
   * resource: its userinfo endpoint, for those who ask for `openid`.
   * @throws InvalidScopeError for a scope the client may not ask for
   * @throws InvalidTargetError for a resource that is unknown, not for this client, or ambiguous
   */
  async resolve(tenant: Tenant, client: Client, request: AccessRequest): Promise<Access> {
    const apis = await this.directory.list(tenant.id);
    if (!isWithin(request.scope, client.scope)) throw new InvalidScopeError('The client may not ask for this scope.');
    const openid = request.scope.filter(isOpenIdScope);
    const ofApis = request.scope.filter((name) => !isOpenIdScope(name));
    const identifiers = request.resources.filter((name) => name !== tenant.issuer || !openid.includes('openid'));
    const chosen =
      request.resources.length > 0
        ? chooseByName(apis, client, identifiers)
        : chooseByScope(apis, client, ofApis, request.whenUnscoped);
    const unscoped = ofApis.length === 0 && request.whenUnscoped === 'everything';
    const access = chosen.map((api): ApiAccess => ({ api, scope: within(api, unscoped ? client.scope : ofApis) }));
    const homeless = ofApis.find((name) => !access.some(({ scope }) => scope.includes(name)));
    if (homeless !== undefined) throw new InvalidScopeError('No requested resource knows one of the scopes.');
    return { openid, apis: access, resourcesRequested: identifiers.length > 0 };
  }

  /** Access that was resolved and stored before; what no longer exists is left out. */
  async restore(
    tenant: Tenant,
    stored: { readonly scope: Scope; readonly resources: readonly string[]; readonly resourcesRequested: boolean },
  ): Promise<Access> {
    const apis = await this.directory.list(tenant.id);
    const access = stored.resources.flatMap((identifier): ApiAccess[] => {
      const api = apis.get(identifier);
      return api ? [{ api, scope: within(api, stored.scope) }] : [];
    });
    const openid = stored.scope.filter(isOpenIdScope);
    return { openid, apis: access, resourcesRequested: stored.resourcesRequested };
  }
}

function chooseByName(apis: Apis, client: Client, identifiers: readonly string[]): readonly Api[] {
  return [...new Set(identifiers)].map((identifier) => {
    const api = apis.get(identifier);
    if (!api || !isFor(api, client)) throw new InvalidTargetError('The resource is unknown, or not for this client.');
    return api;
  });
}

function chooseByScope(
  apis: Apis,
  client: Client,
  names: Scope,
  whenUnscoped: AccessRequest['whenUnscoped'],
): readonly Api[] {
  if (names.length === 0 && whenUnscoped === 'nothing') return [];
  const candidates = [...apis.values()].filter((api) =>
    names.length > 0 ? within(api, names).length === names.length : within(api, client.scope).length > 0,
  );
  if (candidates.length > 1) throw new InvalidTargetError('More than one resource is meant; name one with resource.');
  if (candidates.length === 0 && names.length > 0 && names.every((name) => isKnown(apis, name))) {
    throw new InvalidTargetError('The scopes belong to more than one resource; name the resources with resource.');
  }
  return candidates;
}

function within(api: Api, names: Scope): Scope {
  return names.filter((name) => api.scopes.some((scope) => scope.name === name));
}

function isKnown(apis: Apis, name: string): boolean {
  return [...apis.values()].some((api) => api.scopes.some((scope) => scope.name === name));
}

/** A client may name a resource when it may ask for something there; a resource without scopes is for every client. */
function isFor(api: Api, client: Client): boolean {
  return api.scopes.length === 0 || within(api, client.scope).length > 0;
}
