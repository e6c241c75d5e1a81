import { randomInt } from 'node:crypto';

const DIGITS = 8;

export function newCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

/**
 * A typed code as it was sent: people copy spaces and hyphens with it, and some keyboards write other digits. Undefined
 * when it cannot be a code, so that a slip does not cost a guess.
 */
export function readCode(typed: string): string | undefined {
  const digits = typed
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s\p{Pd}\p{Cf}.]/gu, '');
  return /^[0-9]{8}$/.test(digits) ? digits : undefined;
}

/** As it is written for people: in two groups. */
export function shownCode(code: string): string {
  return `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
}
