import { randomBytes, randomInt } from 'node:crypto';

/** A secret of 256 random bits in base64url (43 characters): codes, tokens, cookies, client secrets. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Without vowels and the digits that stand for them, so that no word comes about that a tenant blocks. */
const ALPHABET = 'bcdfghjkmnpqrstvwxyz2689';
const GROUP_LENGTH = 5;

/** At least 20 characters in groups of five, 91 bits: long enough to be safe, short enough to be typed. */
export function randomPassword(minLength = 0): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const groups = Math.max(4, Math.ceil((minLength + 1) / (GROUP_LENGTH + 1)));
  return Array.from({ length: groups }, group).join('-');
}
