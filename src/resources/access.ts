import type { Scope } from '../oauth/scope.js';
import type { Api } from './api.js';

/** What a client asks for, or was given: scopes, told apart by the resource they belong to. */
export interface Access {
  readonly openid: Scope;
  readonly apis: readonly ApiAccess[];
  /** The client named APIs itself (RFC 8707), so each token is for one of them alone. */
  readonly resourcesRequested: boolean;
}

export interface ApiAccess {
  readonly api: Api;
  readonly scope: Scope;
}

/** Every scope name, those of OpenID Connect first. */
export function scopeOf(access: Access): Scope {
  return [...new Set([...access.openid, ...access.apis.flatMap(({ scope }) => scope)])];
}
