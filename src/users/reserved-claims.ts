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
