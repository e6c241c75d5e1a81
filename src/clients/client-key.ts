import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { isGuessable } from './guessable-key.js';
import { findWeakness } from './weak-key.js';

/** How client assertions may be signed, each with the kind of key it needs (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864). */
const KEY_OF_ALGORITHM: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
  PS256: 'RSA',
  PS384: 'RSA',
  PS512: 'RSA',
  RS256: 'RSA',
  RS384: 'RSA',
  RS512: 'RSA',
};
export const ASSERTION_ALGORITHMS = Object.keys(KEY_OF_ALGORITHM);

/** RFC 7518 §6.2.2, §6.3.2 and §6.4.1: what only the owner of a key may have. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const KEY_TYPES = ['RSA', 'EC', 'OKP'];
/** RFC 7518 §3.2, §4.4 to §4.8, §3.6: of a shared secret, or of nothing. */
const SYMMETRIC_ALGORITHM = /^(HS\d+|A\d+(GCM)?KW|PBES2-.*|dir|none)$/;
const TEXT_MEMBERS = ['kid', 'use', 'alg'] as const;
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
/**
 * With an exponent of 1 everybody can sign, with a tiny one careless padding is enough to (FIPS 186-5 §5.1 wants more than
 * 2^16), and one as long as the modulus makes verifying as slow as signing.
 */
const MIN_RSA_EXPONENT = 65_537n;
const MAX_RSA_EXPONENT = 2n ** 32n;

/** Why a client cannot be registered with this key (RFC 7517 §4), or undefined when it can. */
export function findKeyFault(key: JWK): string | undefined {
  if (typeof key !== 'object' || key === null) return 'is not an object';
  if (key.kty === 'oct') return `is symmetric; register a public key, of kty ${KEY_TYPES.join(', ')}`;
  if (PRIVATE_MEMBERS.some((name) => name in key)) {
    return 'is private: make a new key, as this one is known here now, and register its public part';
  }
  if (!KEY_TYPES.includes(String(key.kty))) return `has a kty other than ${KEY_TYPES.join(', ')}`;
  const notText = TEXT_MEMBERS.find((name) => key[name] !== undefined && typeof key[name] !== 'string');
  if (notText !== undefined) return `has a ${notText} that is no text`;
  if (key.key_ops !== undefined && !isListOfTexts(key.key_ops)) return 'has key_ops that are no list of texts';
  const fault = findContradiction(key) ?? findMaterialFault(key) ?? findWeakness(key);
  return fault ?? (isGuessable(key) ? 'has a private key that anybody can guess; make a new key' : undefined);
}

/** RFC 7517 §4.2 to §4.4: what a key says of its use has to fit together, and to fit the key. */
function findContradiction(key: JWK): string | undefined {
  const { use, alg, key_ops: operations = ['verify', 'encrypt', 'wrapKey', 'deriveKey', 'deriveBits'] } = key;
  const verifies = operations.includes('verify');
  if (new Set(operations).size < operations.length) return 'has key_ops that repeat';
  if (use === 'sig' && !verifies) return 'has key_ops without verify, which its use is';
  if (use === 'enc' && operations.every((name) => name === 'verify')) return 'has a use enc that its key_ops exclude';
  if (alg === undefined) return undefined;
  if (SYMMETRIC_ALGORITHM.test(alg)) return `has an alg ${alg} that no public key is for`;
  const kind = KEY_OF_ALGORITHM[alg];
  if (kind === undefined) return use === 'sig' ? `has an alg ${alg} that assertions cannot have` : undefined;
  if (kind !== kindOf(key)) return `has an alg ${alg} that is for a key of kind ${kind}`;
  return use === 'enc' || !verifies ? `has an alg ${alg} that its use or key_ops exclude` : undefined;
}

function kindOf({ kty, crv }: JWK): string | undefined {
  return kty === 'RSA' ? kty : crv;
}

/** Whether assertions of the client could be verified with this key: it may also be one to encrypt to. */
export function canVerifyAssertions(key: JWK): boolean {
  const { use, key_ops: operations, alg } = key;
  const kind = kindOf(key);
  return (
    (use ?? 'sig') === 'sig' &&
    (operations ?? ['verify']).includes('verify') &&
    (alg === undefined
      ? Object.values(KEY_OF_ALGORITHM).some((known) => known === kind)
      : KEY_OF_ALGORITHM[alg] === kind)
  );
}

/** Lets OpenSSL check the key: whether a point lies on its curve, and whether a modulus is valid. */
function findMaterialFault(key: JWK): string | undefined {
  let details;
  try {
    details = createPublicKey({ key, format: 'jwk' }).asymmetricKeyDetails;
  } catch {
    return 'is not a complete public key of its kind';
  }
  if (key.kty !== 'RSA') return undefined;
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = details ?? {};
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) return `has not ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`;
  const usable = exponent >= MIN_RSA_EXPONENT && exponent < MAX_RSA_EXPONENT && exponent % 2n === 1n;
  return usable ? undefined : 'has an exponent e that no signature should be trusted with';
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
