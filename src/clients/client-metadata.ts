import type { JSONWebKeySet, JWK } from 'jose';
import { SIGNING_ALGORITHM_NAMES } from '../keys/signing-algorithm.js';
import { OPENID_SCOPES } from '../oauth/openid-scopes.js';
import { type RedirectUriRules, findRedirectUriFault } from '../oauth/redirect-uri.js';
import { RESPONSE_TYPES, grantTypesOf } from '../oauth/response-type.js';
import { canVerifyAssertions, findKeyFault } from './client-key.js';
import { isConfidential } from './client.js';
import type { ClientRegistration } from './clients.repository.js';
import { type MetadataFault, metadataFault } from './metadata-faults.js';
import { type Permissions, namesOf, openIdPermission } from './permissions.js';

/** RFC 7591 §3.2.2: what is wrong, and with which member (snake case). */
export class ClientMetadataError extends Error {
  /** In English. */
  readonly fault: string;
  /** Undefined: only administrators meet it, by the API. */
  readonly reason: MetadataFault | undefined;

  constructor(
    readonly member: string,
    fault: MetadataFault | string,
  ) {
    const text = typeof fault === 'string' ? fault : fault.text;
    super(`${member} ${text}`);
    this.fault = text;
    this.reason = typeof fault === 'string' ? undefined : fault;
  }
}

/** What a client asks to be registered with; what is absent gets its default. */
export type ClientMetadataInput = {
  readonly [Name in keyof Omit<ClientRegistration, 'scope' | 'permissions'>]?: ClientRegistration[Name] | undefined;
} & { readonly permissions?: Permissions | undefined };

/** What this installation can offer, from its lists of grants and methods. */
export interface Offer {
  readonly grantTypes: readonly string[];
  readonly authenticationMethods: readonly string[];
  /** What the tenant's policy allows. */
  readonly redirectUris: RedirectUriRules;
}

const MAX_JWKS_KEYS = 20;
const DEFAULT_GRANT_TYPES = ['authorization_code'];

/**
 * The complete registration: RFC 7591 §2 defaults, then the rules that hold between members.
 * @throws ClientMetadataError for the first member that cannot be accepted
 */
export function completeMetadata(input: ClientMetadataInput, offer: Offer): ClientRegistration {
  const applicationType = input.applicationType ?? 'web';
  const grantTypes = input.grantTypes ?? DEFAULT_GRANT_TYPES;
  const permissions = input.permissions ?? defaultPermissions(grantTypes);
  const registration: ClientRegistration = {
    clientName: input.clientName ?? null,
    applicationType,
    // An application that is registered with a secret and without a method keeps both, whatever its type becomes.
    tokenEndpointAuthMethod:
      input.tokenEndpointAuthMethod === undefined && applicationType !== 'web'
        ? 'none'
        : (input.tokenEndpointAuthMethod ?? null),
    grantTypes,
    responseTypes: input.responseTypes ?? (grantTypes.includes('authorization_code') ? ['code'] : []),
    redirectUris: input.redirectUris ?? [],
    postLogoutRedirectUris: input.postLogoutRedirectUris ?? [],
    permissions: [...permissions],
    scope: namesOf(permissions),
    jwks: input.jwks ?? null,
    idTokenSignedResponseAlg: input.idTokenSignedResponseAlg ?? null,
    slimIdToken: input.slimIdToken ?? false,
    metadata: input.metadata ?? {},
    firstParty: input.firstParty ?? false,
    requirePkce: input.requirePkce ?? null,
    refreshTokenRotation: input.refreshTokenRotation ?? null,
    strictAssertionAudience: input.strictAssertionAudience ?? null,
    requireSecondFactor: input.requireSecondFactor ?? false,
    defaultAcrValues: input.defaultAcrValues ?? null,
    defaultMaxAge: input.defaultMaxAge ?? null,
    optionalScopes: input.optionalScopes ?? [],
    reviewedAt: input.reviewedAt ?? null,
    enabled: input.enabled ?? true,
  };
  checkOffered(registration, offer);
  checkFlows(registration);
  checkOptionalScopes(registration);
  checkAuthentication(registration);
  checkRedirectUris('redirect_uris', registration, offer.redirectUris);
  checkRedirectUris('post_logout_redirect_uris', registration, offer.redirectUris);
  return registration;
}

/**
 * The permissions of a client that was registered without any: the scopes of OpenID Connect when it signs users in.
 * Access to an API is never given by default.
 */
export function defaultPermissions(grantTypes: readonly string[] = DEFAULT_GRANT_TYPES): Permissions {
  const forPeople = grantTypes.some((type) => ['authorization_code', 'implicit', 'password'].includes(type));
  if (!forPeople) return [];
  return openIdPermission(
    OPENID_SCOPES.filter((scope) => scope !== 'offline_access' || grantTypes.includes('refresh_token')),
  );
}

function checkOffered(registration: ClientRegistration, offer: Offer): void {
  refuseUnknown('grant_types', registration.grantTypes, offer.grantTypes);
  refuseUnknown('response_types', registration.responseTypes, RESPONSE_TYPES);
  const { tokenEndpointAuthMethod: method } = registration;
  if (method !== null) refuseUnknown('token_endpoint_auth_method', [method], offer.authenticationMethods);
  const { idTokenSignedResponseAlg: alg } = registration;
  if (alg !== null) refuseUnknown('id_token_signed_response_alg', [alg], SIGNING_ALGORITHM_NAMES);
}

function refuseUnknown(member: string, values: readonly string[], known: readonly string[]): void {
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined)
    throw new ClientMetadataError(member, metadataFault('not_offered', { known: known.join(', ') }));
}

/** RFC 7591 §2.1: grant types and response types have to match. */
function checkFlows({ grantTypes, responseTypes, redirectUris, ...client }: ClientRegistration): void {
  for (const responseType of responseTypes) {
    const missing = grantTypesOf(responseType).find((grantType) => !grantTypes.includes(grantType));
    if (missing)
      throw new ClientMetadataError(
        'grant_types',
        metadataFault('grant_type_missing', { name: missing, responseType }),
      );
  }
  if (grantTypes.includes('authorization_code') && !responseTypes.some((type) => type.split(' ').includes('code'))) {
    throw new ClientMetadataError('response_types', metadataFault('code_missing'));
  }
  if (grantTypes.includes('implicit') && !responseTypes.some((type) => /\b(id_)?token\b/.test(type))) {
    throw new ClientMetadataError('response_types', metadataFault('token_missing'));
  }
  if (responseTypes.length > 0 && redirectUris.length === 0) {
    throw new ClientMetadataError('redirect_uris', metadataFault('uri_missing'));
  }
  if (grantTypes.includes('client_credentials') && !isConfidential(client)) {
    throw new ClientMetadataError('grant_types', metadataFault('public_client'));
  }
}

/** Without `openid` a request of OpenID Connect is none (Core §3.1.2.1), and the client could not tell why. */
function checkOptionalScopes({ optionalScopes }: ClientRegistration): void {
  if (optionalScopes.includes('openid'))
    throw new ClientMetadataError('optional_scopes', metadataFault('openid_optional'));
}

function checkAuthentication({ jwks, requirePkce, ...client }: ClientRegistration): void {
  if (client.tokenEndpointAuthMethod === 'private_key_jwt' && !jwks) {
    throw new ClientMetadataError('jwks', metadataFault('keys_missing'));
  }
  if (jwks) checkJwks(jwks);
  if (client.tokenEndpointAuthMethod === 'private_key_jwt' && !jwks?.keys.some(canVerifyAssertions)) {
    throw new ClientMetadataError('jwks', metadataFault('keys_unusable'));
  }
  if (requirePkce === false && !isConfidential(client)) {
    throw new ClientMetadataError('require_pkce', metadataFault('pkce_off'));
  }
  // RFC 9700 §2.2.2: nothing else protects the refresh token of a client that cannot authenticate.
  if (client.refreshTokenRotation === false && !isConfidential(client)) {
    throw new ClientMetadataError('refresh_token_rotation', metadataFault('rotation_off'));
  }
}

function checkJwks({ keys }: JSONWebKeySet): void {
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > MAX_JWKS_KEYS) {
    throw new ClientMetadataError('jwks', metadataFault('keys_count', { most: MAX_JWKS_KEYS }));
  }
  const seen = new Set<string>();
  keys.forEach((key, index) => {
    const fault = findKeyFault(key) ?? findRepetition(key, seen);
    if (fault) throw new ClientMetadataError('jwks', metadataFault('key', { index, fault, place: index + 1 }));
  });
}

/** RFC 7517 §4.5: keys of one kind "SHOULD use distinct "kid" values". Otherwise a `kid` does not identify a key. */
function findRepetition({ kty, kid }: JWK, seen: Set<string>): string | undefined {
  if (kid === undefined) return undefined;
  const name = `${kty} ${kid}`;
  if (seen.has(name)) return 'has the kid of another one';
  seen.add(name);
  return undefined;
}

function checkRedirectUris(
  member: 'redirect_uris' | 'post_logout_redirect_uris',
  registration: ClientRegistration,
  rules: RedirectUriRules,
): void {
  const { applicationType } = registration;
  const owner = { applicationType, confidential: isConfidential(registration) };
  const uris = member === 'redirect_uris' ? registration.redirectUris : registration.postLogoutRedirectUris;
  uris.forEach((uri, index) => {
    const fault = findRedirectUriFault(uri, owner, rules);
    if (fault) throw new ClientMetadataError(`${member}[${index}]`, fault);
  });
}
