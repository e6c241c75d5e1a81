import type { SigningKey } from '../keys/keyring.js';
import type { SigningAlgorithm } from '../keys/signing-algorithm.js';
import type { Claims } from '../users/scope-claims.js';
import type { GrantReference } from './access-token.js';
import type { EligibleUser } from './eligibility.js';
import { leftHalfHash, signJwt } from './jwt.js';

export interface IdTokenRequest {
  readonly grant: GrantReference;
  readonly nonce?: string | undefined;
  /** Issued beside it: the ID token vouches for them with `at_hash` and `c_hash`. */
  readonly accessToken?: string | undefined;
  readonly code?: string | undefined;
  /** Claims about the user: those of the granted scopes, or none. */
  readonly userClaims?: Claims | undefined;
}

/** What an ID token says beside the claims about the user. */
export const ID_TOKEN_CLAIMS = [
  'iss',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'acr',
  'amr',
  'sid',
  'nonce',
  'at_hash',
  'c_hash',
];

/** Signs what `idTokenClaims` says. */
export function signIdToken(eligible: EligibleUser, key: SigningKey, request: IdTokenRequest): string {
  return signJwt(key, idTokenClaims(eligible, key.algorithm, request));
}

/** OpenID Connect Core §2, §3.1.3.6, §3.2.2.10, §3.3.2.11. */
export function idTokenClaims(
  { tenant, client, user }: EligibleUser,
  algorithm: SigningAlgorithm,
  request: IdTokenRequest,
): Claims {
  const { grant, nonce, accessToken, code } = request;
  const iat = Math.floor(Date.now() / 1000);
  return {
    ...request.userClaims,
    iss: tenant.issuer,
    sub: user.id,
    aud: client.clientId,
    exp: iat + tenant.policy.idTokenLifetimeSeconds,
    iat,
    auth_time: grant.authTime,
    acr: grant.acr,
    amr: grant.amr,
    ...(grant.sessionId !== undefined && { sid: grant.sessionId }),
    ...(nonce !== undefined && { nonce }),
    ...(accessToken !== undefined && { at_hash: leftHalfHash(algorithm, accessToken) }),
    ...(code !== undefined && { c_hash: leftHalfHash(algorithm, code) }),
  };
}
