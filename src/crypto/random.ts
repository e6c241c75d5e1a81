import { randomBytes } from 'node:crypto';

/** A secret of 256 random bits in base64url (43 characters): codes, tokens, cookies, client secrets. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
