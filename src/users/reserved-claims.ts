import { CLAIM_NAMES } from './scope-claims.js';

/**
 * Claims that say something else already, so no attribute may take their names: those of JWTs (RFC 7519 §4.1), of ID
 * tokens (OpenID Connect Core §2, §3.3.2.11, §5.6.2), of access tokens (RFC 9068 §2.2), of introspection (RFC 7662 §2.2),
 * and others of the IANA registry that decide on trust.
 */
const OF_PROTOCOLS: readonly string[] = [
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['nonce', 'auth_time', 'acr', 'amr', 'azp', 'sid', 'at_hash', 'c_hash', 's_hash', 'sub_jwk', 'sub_id'],
  ...[
    '_claim_names',
    '_claim_sources',
    'events',
    'toe',
    'txn',
    'cnf',
    'act',
    'may_act',
    'vc',
    'vp',
    'typ',
    'htm',
    'htu',
    'ath',
  ],
  ...['scope', 'scp', 'client_id', 'grant_id', 'active', 'token_type', 'username', 'token_introspection'],
  ...['authorization_details', 'groups', 'roles', 'permissions', 'entitlements', 'verified_claims'],
];

const RESERVED = new Set([...OF_PROTOCOLS, ...CLAIM_NAMES]);

/** Whether a tenant may not give a claim this name, whatever its case: some libraries make no difference. */
export function isReservedClaim(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

/**
 * Words by which applications decide what somebody may do, or who somebody is. People may not choose the value of a claim
 * that has one in its name.
 */
const PRIVILEGED = new Set([
  ...['access', 'acl', 'admin', 'administrator', 'authority', 'authorities', 'claims', 'clearance', 'entitlement'],
  ...['group', 'member', 'membership', 'owner', 'permission', 'policy', 'policies', 'privilege', 'privileged', 'role'],
  ...['root', 'scope', 'superuser', 'tenant', 'wids'],
  ...['account', 'identity', 'login', 'oid', 'principal', 'subject', 'tid', 'uid', 'upn', 'user', 'userid', 'username'],
]);

/** Of a URI, its path and fragment count. `teamRoles`, `team_role` and `https://acme.example/team/roles` are privileged. */
export function isPrivilegedClaim(name: string): boolean {
  const words = name
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/#]*/i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => PRIVILEGED.has(word) || PRIVILEGED.has(word.replace(/s$/, '')));
}
