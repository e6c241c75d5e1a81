import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPair as generateKeyPairCallback,
  sign,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { type JWK, calculateJwkThumbprint } from 'jose';

const generateKeyPair = promisify(generateKeyPairCallback);

/** The names in a JOSE header (RFC 7518 §3.1, RFC 8037 §3.1) of what the platform signs with. */
export const SIGNING_ALGORITHM_NAMES = ['ES256', 'RS256', 'EdDSA'] as const;
export type SigningAlgorithmName = (typeof SIGNING_ALGORITHM_NAMES)[number];

export interface GeneratedKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly publicJwk: JWK;
  /** DER, in the form this algorithm imports fastest. */
  readonly privateKey: Buffer;
}

/** What differs between signing algorithms. */
export interface SigningAlgorithm {
  readonly name: SigningAlgorithmName;
  /** SHA-2 function of `at_hash`, `c_hash` (OpenID Connect Core §3.1.3.6). */
  readonly hash: 'sha256' | 'sha512';
  generate(): Promise<GeneratedKey>;
  importPrivateKey(der: Buffer): KeyObject;
  /** The signature as JWS wants it (RFC 7518 §3.4: R | S for ECDSA). */
  sign(data: Buffer, key: KeyObject): Buffer;
  /** Whether it is such a signature; false for one of another length or form. */
  verify(data: Buffer, key: KeyObject, signature: Buffer): boolean;
}

const P256_SIGNATURE_BYTES = 64;

const ES256: SigningAlgorithm = {
  name: 'ES256',
  hash: 'sha256',
  generate: async () => {
    const { publicKey, privateKey } = await generateKeyPair('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'der' },
      // SEC 1 is imported four times as fast as PKCS #8.
      privateKeyEncoding: { type: 'sec1', format: 'der' },
    });
    return describe('ES256', publicKey, privateKey);
  },
  importPrivateKey: (der) => createPrivateKey({ key: der, format: 'der', type: 'sec1' }),
  // Asking Node.js for R | S makes OpenSSL keep a second copy of each key (1.7 kB) and costs a quarter more time.
  sign: (data, key) => derSignatureToConcatenation(sign('sha256', data, key)),
  verify: (data, key, signature) =>
    signature.length === P256_SIGNATURE_BYTES && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
};

const RS256: SigningAlgorithm = {
  name: 'RS256',
  hash: 'sha256',
  generate: async () => {
    const { publicKey, privateKey } = await generateKeyPair('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs1', format: 'der' },
    });
    return describe('RS256', publicKey, privateKey);
  },
  importPrivateKey: (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
  sign: (data, key) => sign('sha256', data, key),
  verify: (data, key, signature) => verify('sha256', data, key, signature),
};

const EDDSA: SigningAlgorithm = {
  name: 'EdDSA',
  hash: 'sha512',
  generate: async () => {
    const { publicKey, privateKey } = await generateKeyPair('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    return describe('EdDSA', publicKey, privateKey);
  },
  importPrivateKey: (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  sign: (data, key) => sign(null, data, key),
  verify: (data, key, signature) => verify(null, data, key, signature),
};

export const SIGNING_ALGORITHMS: Readonly<Record<SigningAlgorithmName, SigningAlgorithm>> = {
  ES256,
  RS256,
  EdDSA: EDDSA,
};

async function describe(alg: SigningAlgorithmName, publicDer: Buffer, privateKey: Buffer): Promise<GeneratedKey> {
  const bare = createPublicKey({ key: publicDer, format: 'der', type: 'spki' }).export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(bare, 'sha256');
  return { kid, publicJwk: { ...bare, kid, alg, use: 'sig' }, privateKey };
}

/** SEQUENCE { INTEGER r, INTEGER s } to the 64 bytes of RFC 7518 §3.4. */
function derSignatureToConcatenation(der: Buffer): Buffer {
  const signature = Buffer.alloc(P256_SIGNATURE_BYTES);
  // A P-256 signature is at most 72 bytes, so every length is one byte: 30 len 02 rlen r 02 slen s.
  const rEnd = 4 + der.readUInt8(3);
  copyInteger(der, 4, rEnd, signature, 32);
  copyInteger(der, rEnd + 2, der.length, signature, P256_SIGNATURE_BYTES);
  return signature;
}

/** Copies a big-endian integer so that it ends at `targetEnd`, without its sign byte. */
function copyInteger(source: Buffer, start: number, end: number, target: Buffer, targetEnd: number): void {
  const from = Math.max(start, end - 32);
  source.copy(target, targetEnd - (end - from), from, end);
}
