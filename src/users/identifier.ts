import { isVisibleWord } from '../oauth/visible-text.js';

const MAX_USERNAME_LENGTH = 128;
const UNUSUAL_SPACE = /(?! )\p{Zs}/u;

/**
 * The form in which identifiers are compared: compatibility-composed and lower case, so that spellings that look the
 * same are equal (compare RFC 8265 §3.3). It is stored beside the original, because the database compares bytes.
 */
export function normalizeIdentifier(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
}

/** Why this cannot be a user name, or undefined when it can. */
export function findUsernameFault(username: string): string | undefined {
  if (username.length === 0) return 'is empty';
  if (username.length > MAX_USERNAME_LENGTH) return `is longer than ${MAX_USERNAME_LENGTH} characters`;
  if (!isVisibleWord(username) || UNUSUAL_SPACE.test(username)) return 'has a character that cannot be seen or typed';
  if (username !== username.trim()) return 'begins or ends with a space';
  if (normalizeIdentifier(username) === '') return 'has no letters or digits';
  return undefined;
}
