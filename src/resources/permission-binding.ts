import { ClientMetadataError } from '../clients/client-metadata.js';
import { metadataFault } from '../clients/metadata-faults.js';
import {
  OPENID_CONNECT,
  type Permission,
  type Permissions,
  openIdPermission,
  scopesAt,
} from '../clients/permissions.js';
import { InvalidScopeError } from '../oauth/oauth-error.js';
import { type Scope, parseScope } from '../oauth/scope.js';
import { permissionKey } from './access.js';
import { isOwnScope } from './access-resolver.js';
import type { Api } from './api.js';
import { type Apis, findApi } from './api-directory.js';

/** What a registration says of scopes. `null` asks for the default; an absent member stays as it is. */
export interface AskedPermissions {
  /** The shorthand of RFC 7591 §2: names without an API. */
  readonly scope?: Scope | null | undefined;
  readonly permissions?: readonly Permission[] | null | undefined;
}

/** What the client has so far, and what it would have by default. */
export interface PermissionsBefore {
  readonly known?: Permissions | undefined;
  readonly byDefault: Permissions;
}

/** The member `scope` of a registration, RFC 7591 §2. @throws ClientMetadataError */
export function readScope(scope: string): Scope {
  try {
    return parseScope(scope);
  } catch (error) {
    if (error instanceof InvalidScopeError) throw new ClientMetadataError('scope', metadataFault('scope_syntax'));
    throw error;
  }
}

/**
 * Binds every scope name to the API it is meant for, once and for all: an API that is registered later changes nothing.
 * A name stands for what the client has under it already, or for the only API of the tenant that has it. A name that no
 * API has is left out, and the answer shows it (RFC 7591 §3.2.1 lets a server replace what was asked for).
 * @returns undefined when nothing is said about scopes, null when the default is asked for
 * @throws ClientMetadataError for a name that several APIs have, for one that only the management API has, and for an
 *   API or scope that does not exist
 */
export function bindPermissions(
  apis: Apis,
  { scope, permissions }: AskedPermissions,
  { known = [], byDefault }: PermissionsBefore,
): Permissions | null | undefined {
  if (!scope && !permissions) return scope === null || permissions === null ? null : undefined;
  const given = permissions?.map((permission, index) => checkPermission(apis, permission, index)) ?? [];
  const covered = new Set(given.flatMap(({ scopes }) => scopes));
  const bound = (scope ?? [])
    .filter((name) => !isOwnScope(apis, name) && !covered.has(name))
    .flatMap((name) => bindName(apis, known, name));
  const own = scope && scope.filter((name) => isOwnScope(apis, name));
  return merge([...openIdPart(own, { known, byDefault }), ...given, ...bound]);
}

/** Only `scope` speaks of OpenID Connect: without it that part stays, or is the default. */
function openIdPart(scope: Scope | null | undefined, { known = [], byDefault }: PermissionsBefore): Permissions {
  if (scope) return openIdPermission(scope);
  return openIdPermission(scopesAt(scope === null || known.length === 0 ? byDefault : known, OPENID_CONNECT));
}

function checkPermission(apis: Apis, { api: identifier, scopes }: Permission, index: number): Permission {
  const api = findApi(apis, identifier);
  if (!api) {
    throw new ClientMetadataError(`permissions[${index}]/api`, metadataFault('api_unknown'));
  }
  const unknown = scopes.find((name) => !hasScope(api, name));
  if (unknown !== undefined) {
    throw new ClientMetadataError(`permissions[${index}]/scopes`, metadataFault('scope_unknown', { name: unknown }));
  }
  return { api: permissionKey(api), scopes };
}

function bindName(apis: Apis, known: Permissions, name: string): Permissions {
  const kept = known.filter(({ scopes }) => scopes.includes(name)).map(({ api }) => ({ api, scopes: [name] }));
  if (kept.length > 0) return kept;
  const candidates = [...apis.values()].filter((api) => hasScope(api, name));
  const ofTenant = candidates.filter(({ isManagement }) => !isManagement);
  const [only, ...others] = ofTenant;
  if (only && others.length === 0) return [{ api: permissionKey(only), scopes: [name] }];
  const [example] = candidates;
  if (!example) return [];
  const pair = JSON.stringify([{ api: example.identifier, scopes: [name] }]);
  const apisOf = ofTenant.map(({ identifier }) => identifier);
  const fault = only
    ? metadataFault('scope_ambiguous', { name, apis: apisOf.join(' and '), names: apisOf.join(', '), pair })
    : metadataFault('scope_of_management', { name, pair });
  throw new ClientMetadataError('scope', fault);
}

function hasScope(api: Api, name: string): boolean {
  return api.scopes.some((scope) => scope.name === name);
}

/** One permission for each API. */
function merge(permissions: Permissions): Permissions {
  const byApi = new Map<string, Set<string>>();
  for (const { api, scopes } of permissions) {
    byApi.set(api, new Set([...(byApi.get(api) ?? []), ...scopes]));
  }
  return [...byApi].map(([api, scopes]) => ({ api, scopes: [...scopes] }));
}
