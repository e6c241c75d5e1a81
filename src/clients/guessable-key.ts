import { createECDH } from 'node:crypto';
import type { JWK } from 'jose';

/**
 * Whether the private key of this public key is a small number, or the negative of one. Such a point is a valid key, and
 * everybody who tries the first numbers can sign with it; the base point itself belongs to the number 1.
 */
export function isGuessable({ kty, crv, x }: JWK): boolean {
  const find = kty === 'EC' || kty === 'OKP' ? MULTIPLES[String(crv)] : undefined;
  return find !== undefined && find().has(toBigInt(Buffer.from(String(x), 'base64url'), kty === 'OKP'));
}

/** How many multiples of the base point are known here. */
const MULTIPLES_KNOWN = 64;

/** By curve: one coordinate of each, which a point and its negative share. They are computed when they are first needed. */
const MULTIPLES: Readonly<Record<string, () => ReadonlySet<bigint>>> = {
  'P-256': once(() => multiplesOf('prime256v1', 32)),
  'P-384': once(() => multiplesOf('secp384r1', 48)),
  'P-521': once(() => multiplesOf('secp521r1', 66)),
  Ed25519: once(multiplesOfEd25519),
};

function multiplesOf(curve: string, bytes: number): Set<bigint> {
  const pair = createECDH(curve);
  const points = new Set<bigint>();
  for (let number = 1; number <= MULTIPLES_KNOWN; number += 1) {
    const scalar = Buffer.alloc(bytes);
    scalar[bytes - 1] = number;
    pair.setPrivateKey(scalar);
    // SEC 1 §2.3.3: 04, x, y.
    points.add(toBigInt(pair.getPublicKey().subarray(1, 1 + bytes), false));
  }
  return points;
}

const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** RFC 8032 §5.1. */
const BASE = {
  x: 15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  y: 46316835694926478169428394003475163141307993866256225615783033603165251855960n,
};

/** RFC 8032 §5.1.4, in affine coordinates. */
function multiplesOfEd25519(): Set<bigint> {
  const points = new Set<bigint>();
  let { x, y } = BASE;
  for (let number = 1; number <= MULTIPLES_KNOWN; number += 1) {
    points.add(y);
    const product = (((((D * x) % P) * BASE.x) % P) * ((y * BASE.y) % P)) % P;
    const sum = (x * BASE.y + y * BASE.x) % P;
    const other = (y * BASE.y + x * BASE.x) % P;
    x = (sum * inverse(1n + product)) % P;
    y = (other * inverse(1n - product + P)) % P;
  }
  return points;
}

/** Fermat: a^(p-2). */
function inverse(value: bigint): bigint {
  let result = 1n;
  let factor = value % P;
  for (let rest = P - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P;
    factor = (factor * factor) % P;
  }
  return result;
}

/** An encoded point of Ed25519 begins with its last byte, and its highest bit is a sign. */
function toBigInt(bytes: Buffer, isEdwards: boolean): bigint {
  const ordered = isEdwards ? Buffer.from(bytes).reverse() : bytes;
  const value = ordered.length === 0 ? 0n : BigInt(`0x${ordered.toString('hex')}`);
  return isEdwards ? value & (2n ** 255n - 1n) : value;
}

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}
