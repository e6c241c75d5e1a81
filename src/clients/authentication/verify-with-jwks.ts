import {
  type JSONWebKeySet,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  createLocalJWKSet,
  errors,
  jwtVerify,
} from 'jose';

/**
 * Verifies a JWT with the key of the set that it names, or, as RFC 7515 §4.1.4 leaves it to the signer to name one, with
 * whichever fits: a client that changes over from one key to the next has two of a kind for a while.
 * @throws JOSEError when none does, or the claims are wrong
 */
export async function verifyWithJwks(
  jwt: string,
  jwks: JSONWebKeySet,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
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
