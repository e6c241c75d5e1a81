import {
  type JSONWebKeySet,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  createLocalJWKSet,
  errors,
  jwtVerify,
} from 'jose';
import { isCanonicalJwt } from '../../crypto/base64url.js';

/**
 * Verifies a JWT with the key that its header names. RFC 7515 §4.1.4 leaves naming a key to the signer; without a name
 * each suitable key is tried, because a client that replaces its key has two of a kind for a while.
 * @throws JOSEError when no key verifies it, the claims are wrong, or it is not encoded canonically
 */
export async function verifyWithJwks(
  jwt: string,
  jwks: JSONWebKeySet,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  // jose decodes other spellings of the same bytes, too.
  if (!isCanonicalJwt(jwt)) throw new errors.JWSInvalid('Not encoded canonically.');
  try {
    return await jwtVerify(jwt, createLocalJWKSet(jwks), options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(jwt, key, options);
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}
