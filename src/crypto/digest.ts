import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/**
 * SHA-256 of a machine-generated secret. The database stores this for codes, tokens and cookies. It is safe for inputs
 * of 256 random bits only; passwords are hashed with argon2id.
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

/** Compares in constant time: the time depends on the lengths alone. */
export function equalInConstantTime(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
