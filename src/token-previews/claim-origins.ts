import type { Client } from '../clients/client.js';
import { GROUPS_SCOPE } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';
import type { Api } from '../resources/api.js';
import type { Tenant } from '../tenants/tenant.js';
import { type ClaimTarget, readersOf } from '../tenants/user-attributes.js';
import { attributeClaims } from '../users/attribute-values.js';
import { type Claims, scopesAskingFor } from '../users/scope-claims.js';
import type { User } from '../users/user.js';
import type { ClaimOrigin } from './token-preview.js';

/** What the claims are about, and where they are sent. */
export interface ClaimsContext {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly user: User | undefined;
  readonly target: ClaimTarget;
  /** The names that release claims there. */
  readonly scope: Scope;
  /** Of an access token: the API it is for. */
  readonly api: Api | undefined;
}

/** Claims of every token that nobody asks for by a scope. */
const PROTOCOL_CLAIMS: readonly string[] = [
  ...['iss', 'aud', 'client_id', 'scope', 'iat', 'jti', 'auth_time', 'amr', 'grant_id', 'sid', 'at_hash'],
  ...['active', 'token_type', 'username'],
];

/** Another sign-in or another token has another value. */
const NEW_CLAIMS: readonly string[] = ['iat', 'exp', 'jti', 'auth_time', 'grant_id', 'sid', 'at_hash'];

/** Where each claim comes from, by the functions that make them. */
export function originsOf(claims: Claims, context: ClaimsContext): ClaimOrigin[] {
  return Object.keys(claims).map((claim) => ({
    claim,
    isNew: context.target !== 'userinfo' && NEW_CLAIMS.includes(claim),
    isHidden: false,
    ...originOf(claim, context),
  }));
}

/** Without what those who administer the tenant do not see. */
export function shownOf(claims: Claims, origins: readonly ClaimOrigin[]): Claims {
  const hidden = origins.filter(({ isHidden }) => isHidden).map(({ claim }) => claim);
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !hidden.includes(name)));
}

type Origin = Pick<ClaimOrigin, 'kind' | 'names'> & Partial<Pick<ClaimOrigin, 'isHidden'>>;

function originOf(claim: string, context: ClaimsContext): Origin {
  const { tenant, client, user, target, scope, api } = context;
  const isToken = target !== 'userinfo';
  if (isToken && claim === 'exp') return lifetimeOrigin(context);
  if (isToken && claim === 'acr') return { kind: 'policy', names: ['acr_values'] };
  if (isToken && PROTOCOL_CLAIMS.includes(claim)) return { kind: 'protocol', names: [] };
  if (target === 'access_token' && claim === 'sub') return { kind: user ? 'protocol' : 'client', names: [] };
  if (target === 'access_token' && (claim === 'roles' || claim === 'permissions') && api?.rolesInTokens !== 'off') {
    return { kind: 'api_roles', names: ['roles_in_tokens'] };
  }
  if (claim === GROUPS_SCOPE && scope.includes(GROUPS_SCOPE)) return { kind: 'groups', names: [GROUPS_SCOPE] };
  const to = { clientId: client.clientId, scope, target };
  const attribute = tenant.userAttributes.find(
    (definition) => claim in attributeClaims([definition], user?.attributes ?? {}, to),
  );
  if (attribute) {
    return { kind: 'attribute', names: [attribute.name], isHidden: !readersOf(attribute).includes('admin') };
  }
  return { kind: 'scope', names: scopesAskingFor(claim, scope) };
}

function lifetimeOrigin({ target, api }: ClaimsContext): Origin {
  if (target === 'id_token') return { kind: 'policy', names: ['id_token_lifetime_seconds'] };
  const kind = api?.accessTokenLifetimeSeconds === undefined ? 'policy' : 'api';
  return { kind, names: ['access_token_lifetime_seconds'] };
}
