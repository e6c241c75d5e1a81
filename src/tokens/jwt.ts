import { hash } from 'node:crypto';
import type { SigningKey } from '../keys/keyring.js';
import { signing } from '../keys/signing-channel.js';
import type { SigningAlgorithm } from '../keys/signing-algorithm.js';

/** RFC 9068 §2.1. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
/** Of access tokens for APIs that know nothing else. Our ID tokens have no type at all. */
export const PLAIN_JWT_TYPE = 'JWT';

/**
 * Signs these claims as a JWS in compact serialization (RFC 7515 §3.1). It does not use jose, because jose's
 * asynchronous signature costs twice the CPU and most requests sign a token. The tests verify the result with jose.
 */
export function signJwt(key: SigningKey, claims: object, type?: string): string {
  const input = `${encodedHeader(key, type)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${input}.${sign(key, Buffer.from(input)).toString('base64url')}`;
}

function sign({ algorithm, privateKey }: SigningKey, input: Buffer): Buffer {
  if (!signing.start.hasSubscribers) return algorithm.sign(input, privateKey);
  return signing.traceSync(() => algorithm.sign(input, privateKey), { alg: algorithm.name });
}

function encodedHeader({ algorithm, kid }: SigningKey, type: string | undefined): string {
  return Buffer.from(JSON.stringify(jwtHeader(algorithm, kid, type))).toString('base64url');
}

/** RFC 7515 §4.1. */
export interface JwtHeader {
  readonly alg: string;
  readonly typ?: string;
  readonly kid: string;
}

/** @param type absent of ID tokens */
export function jwtHeader({ name }: SigningAlgorithm, kid: string, type: string | undefined): JwtHeader {
  return { alg: name, ...(type !== undefined && { typ: type }), kid };
}

/** `at_hash` and `c_hash`: the left half of the hash, OpenID Connect Core §3.1.3.6 and §3.3.2.11. */
export function leftHalfHash(algorithm: SigningAlgorithm, value: string): string {
  const whole = hash(algorithm.hash, value, 'buffer');
  return whole.subarray(0, whole.length / 2).toString('base64url');
}
