import { isUuid } from '../crypto/uuid.js';
import type { VerificationKey } from '../keys/keyring.js';
import { SIGNING_ALGORITHMS } from '../keys/signing-algorithm.js';
import type { AccessTokenTyp } from '../resources/api.js';
import type { AccessTokenClaims } from './access-token.js';
import { type CompactJws, parseCompactJws } from './compact-jws.js';
import { ACCESS_TOKEN_TYPE, PLAIN_JWT_TYPE } from './jwt.js';
import type { SignatureMemory } from './signature-memory.js';

/** RFC 7515 §4.1.9: "application/" may be left out of a media type, which is written in any case. */
const TYPES: ReadonlyMap<unknown, AccessTokenTyp> = new Map([
  [ACCESS_TOKEN_TYPE, ACCESS_TOKEN_TYPE],
  [`application/${ACCESS_TOKEN_TYPE}`, ACCESS_TOKEN_TYPE],
  [PLAIN_JWT_TYPE.toLowerCase(), PLAIN_JWT_TYPE],
]);

/** The keys and issuers that a token is verified against. */
export interface JwtVerification {
  /** What the tenant publishes, by `kid`. */
  readonly keys: ReadonlyMap<string, VerificationKey>;
  /** The tenant's issuer identifiers. */
  readonly issuers: readonly string[];
  readonly signatures: SignatureMemory;
}

export interface VerifiedJwt {
  readonly claims: AccessTokenClaims;
  /** `JWT` says nothing of the token's purpose: the caller asks whether its resource has such access tokens. */
  readonly typ: AccessTokenTyp;
}

/**
 * Verifies a JWT access token of ours (RFC 9068 §4, RFC 8725 §3). It does not use jose, because jose's asynchronous
 * verification costs twice the CPU. The tests of RFC 8725 cover the same checks.
 * @returns the claims, or undefined for everything that is not such a token at this moment
 */
export function verifyAccessTokenJwt(
  token: string,
  { keys, issuers, signatures }: JwtVerification,
): VerifiedJwt | undefined {
  const jws = parseCompactJws(token);
  const key = jws && findKey(jws, keys);
  const typ = key && typeOf(jws);
  if (!typ) return undefined;
  if (!signatures.isSigned(token, key, () => isSignedWith(key, jws))) return undefined;
  const { payload } = jws;
  return isComplete(payload) && isTimely(payload) && issuers.includes(payload.iss)
    ? { claims: payload, typ }
    : undefined;
}

/**
 * The published key that the header names, when its algorithm is the one the header names: RFC 8725 §3.1. RFC 7515
 * §4.1.11: a header with extensions that must be understood is refused, because none are understood here.
 */
function findKey({ header }: CompactJws, keys: ReadonlyMap<string, VerificationKey>): VerificationKey | undefined {
  const { alg, kid, crit } = header;
  const key = typeof kid === 'string' && crit === undefined ? keys.get(kid) : undefined;
  return key?.alg === alg ? key : undefined;
}

/** RFC 8725 §3.11: an ID token is no access token. Ours have no type. */
function typeOf({ header: { typ } }: CompactJws): AccessTokenTyp | undefined {
  return typeof typ === 'string' ? TYPES.get(typ.toLowerCase()) : undefined;
}

function isSignedWith(key: VerificationKey, { input, signature }: CompactJws): boolean {
  return SIGNING_ALGORITHMS[key.alg].verify(Buffer.from(input), key.publicKey, signature);
}

/** RFC 9068 §2.2. */
function isComplete(claims: CompactJws['payload']): claims is CompactJws['payload'] & AccessTokenClaims {
  const { iss, sub, aud, client_id: clientId, jti, exp, iat } = claims;
  return (
    [iss, sub, clientId, jti].every((claim) => typeof claim === 'string') &&
    [aud].flat().every((audience) => typeof audience === 'string') &&
    isUuid(jti as string) &&
    typeof exp === 'number' &&
    typeof iat === 'number'
  );
}

/** RFC 7519 §4.1.4 and §4.1.5, without leeway: it is our own clock that is meant. */
function isTimely({ exp, nbf }: AccessTokenClaims & { readonly nbf?: unknown }): boolean {
  const now = Math.floor(Date.now() / 1000);
  return exp > now && (nbf === undefined || (typeof nbf === 'number' && nbf <= now));
}
