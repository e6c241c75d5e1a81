import type { Client } from '../clients/client.js';
import { type Scope, without } from '../oauth/scope.js';
import type { Access } from '../resources/access.js';

/** Scopes by protected resource; the empty resource stands for OpenID Connect itself. */
export type ScopesByResource = ReadonlyMap<string, Scope>;

/** What a person may leave out, and still use the client. */
export interface OptionalScope {
  readonly resource: string;
  readonly name: string;
  /** Of its box in the form of the consent page, which is ticked or absent. */
  readonly field: string;
}

/** The scopes of OpenID Connect under the empty resource, those of each API under its identifier. */
export function scopesByResource(access: Access): ScopesByResource {
  const apis = access.apis.map(({ api, scope }): [string, Scope] => [api.identifier, scope]);
  return new Map([...(access.openid.length > 0 || apis.length === 0 ? [['', access.openid] as const] : []), ...apis]);
}

/** The optional ones of a request, in the order in which they are shown. A first party asks nobody. */
export function optionalScopes(client: Client, access: Access): readonly OptionalScope[] {
  if (client.firstParty || client.optionalScopes.length === 0) return [];
  return [...scopesByResource(access)]
    .flatMap(([resource, scopes]) => scopes.map((name) => ({ resource, name })))
    .filter(({ name }) => client.optionalScopes.includes(name))
    .map((scope, index) => ({ ...scope, field: `optional_${index}` }));
}

/** The optional scopes whose boxes are not ticked. What else a form holds says nothing. */
export function declinedScopes(
  optional: readonly OptionalScope[],
  isTicked: (field: string) => boolean,
): ScopesByResource {
  const declined = new Map<string, Scope>();
  for (const { resource, name, field } of optional) {
    if (!isTicked(field)) declined.set(resource, [...(declined.get(resource) ?? []), name]);
  }
  return declined;
}

/**
 * What is left of a request. An API of which nothing is left does not belong to it any more; when none is left, the request
 * is like one that named no resource.
 */
export function withoutDeclined(access: Access, declined: ScopesByResource): Access {
  if (declined.size === 0) return access;
  const left = access.apis.map(({ api, scope }) => ({
    api,
    scope: without(scope, declined.get(api.identifier) ?? []),
    isEmptied: scope.length > 0,
  }));
  const apis = left
    .filter(({ scope, isEmptied }) => scope.length > 0 || !isEmptied)
    .map(({ api, scope }) => ({ api, scope }));
  return {
    ...access,
    openid: without(access.openid, declined.get('') ?? []),
    apis,
    resourcesRequested: access.resourcesRequested && apis.length > 0,
  };
}
