import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/**
 * SHA-256 of a machine-generated secret: what the database keeps of codes, tokens and cookies.
 * Right for inputs of 256 random bits only; what people choose is hashed with argon2id.
 */
export function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

export function hmacSha256(key: Buffer, ...parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key);
  // Each part is preceded by its length, so that ('ab', 'c') and ('a', 'bc') differ.
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest();
}

/** Equality in a time that depends on nothing but the lengths. */
export function equalInConstantTime(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
