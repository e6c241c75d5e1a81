import { checkPrimeSync } from 'node:crypto';
import type { JWK } from 'jose';

/**
 * Why signatures under this key prove nothing although it is well formed, or undefined when they do. Anybody who has
 * the public key could forge signatures.
 */
export function findWeakness({ kty, crv, n, x }: JWK): string | undefined {
  if (kty === 'RSA') return findRsaWeakness(toBigInt(Buffer.from(String(n), 'base64url')));
  if (kty !== 'OKP') return undefined;
  const coordinate = toBigInt(Buffer.from(String(x), 'base64url').reverse());
  if (crv === 'Ed25519') return findEdwardsWeakness(coordinate & MASK);
  return crv === 'X25519' && SMALL_ORDER_U.includes((coordinate & MASK) % P) ? SMALL_ORDER : undefined;
}

// RSA: a modulus that anybody can factor.

const SMALL_FACTORS_BELOW = 10_000;
/** Fermat's method finds two primes that lie this close together at once. */
const FERMAT_STEPS = 100n;

function findRsaWeakness(n: bigint): string | undefined {
  if (smallPrimes().some((prime) => n % prime === 0n)) return 'has a modulus n with a small factor';
  // The owner of a prime modulus needs no secret to sign, and neither does anybody else.
  if (checkPrimeSync(n)) return 'has a modulus n that is a prime';
  if (hasCloseFactors(n)) return 'has a modulus n whose two primes are too close to each other';
  return isOfInfineon(n) ? 'has a modulus n that can be factored (CVE-2017-15361); make a new key' : undefined;
}

function smallPrimes(): bigint[] {
  const composite = new Set<number>();
  const primes: bigint[] = [];
  for (let number = 2; number < SMALL_FACTORS_BELOW; number += 1) {
    if (composite.has(number)) continue;
    primes.push(BigInt(number));
    for (let multiple = number * number; multiple < SMALL_FACTORS_BELOW; multiple += number) composite.add(multiple);
  }
  return primes;
}

function hasCloseFactors(n: bigint): boolean {
  let root = squareRoot(n);
  if (root * root < n) root += 1n;
  for (const last = root + FERMAT_STEPS; root < last; root += 1n) {
    const rest = root * root - n;
    if (squareRoot(rest) ** 2n === rest) return true;
  }
  return false;
}

/** The whole part of it, by Newton's method. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/**
 * The fingerprint of keys from a library whose primes are powers of 65537 modulo many small primes ("The Return of
 * Coppersmith's Attack", section 5.1): a modulus made at random has it once in 2^28 or rarer.
 */
const FINGERPRINT_PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

function isOfInfineon(n: bigint): boolean {
  return FINGERPRINT_PRIMES.every((prime) => {
    const rest = Number(n % BigInt(prime));
    for (let power = 1, count = 0; count < prime; count += 1, power = (power * 65537) % prime) {
      if (power === rest) return true;
    }
    return false;
  });
}

// Curve 25519: a point of so small an order that a signature under it fits every message.

const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** The highest bit is the sign of the other coordinate, or says nothing. */
const MASK = 2n ** 255n - 1n;
const SMALL_ORDER = 'is a point of small order, under which everybody can sign';
const ORDER_8_U = [
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
const SMALL_ORDER_U = [0n, 1n, P - 1n, ...ORDER_8_U];

/** RFC 8032 §5.1.3 decodes a point; of the eight of small order only y has to be known. */
function findEdwardsWeakness(y: bigint): string | undefined {
  if ([0n, 1n, P - 1n].includes(y % P) || isOfOrder8(y % P)) return SMALL_ORDER;
  if (y >= P) return 'has an x that is not reduced modulo p';
  const square = (y * y) % P;
  const xSquare = ((square - 1n + P) * power(((D * square) % P) + 1n, P - 2n)) % P;
  return power(xSquare, (P - 1n) / 2n) === 1n ? undefined : 'is not a point of its curve';
}

/** Twice such a point is one of order 4, whose y is 0: y² = -x², so d·y⁴ + 2·y² - 1 = 0. */
function isOfOrder8(y: bigint): boolean {
  const square = (y * y) % P;
  return (((D * square) % P) * square + 2n * square - 1n) % P === 0n;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = base % P;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P;
    factor = (factor * factor) % P;
  }
  return result;
}

function toBigInt(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}
