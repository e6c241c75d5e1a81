import { randomFillSync, randomInt } from 'node:crypto';

/** Random bytes that are drawn at once. A draw costs about the same for a few bytes as for some thousand. */
const SUPPLY_BYTES = 4096;

/**
 * Random bytes that were drawn in advance, as Node.js does it for `randomUUID`. Each byte is used once, and overwritten
 * when it is taken, so that a secret is not found here later.
 */
class RandomSupply {
  private readonly bytes = Buffer.alloc(SUPPLY_BYTES);
  private used = SUPPLY_BYTES;

  take(length: number): Buffer {
    if (this.used + length > SUPPLY_BYTES) this.refill();
    const next = this.bytes.subarray(this.used, this.used + length);
    const taken = Buffer.from(next);
    next.fill(0);
    this.used += length;
    return taken;
  }

  private refill(): void {
    randomFillSync(this.bytes);
    this.used = 0;
  }
}

/** One for the process, because randomness has no owner. */
const supply = new RandomSupply();

/** A few random bytes: 4096 at most. */
export function fewRandomBytes(length: number): Buffer {
  return supply.take(length);
}

/** A secret of 256 random bits in base64url (43 characters): codes, tokens, cookies, client secrets. */
export function randomSecret(): string {
  return supply.take(32).toString('base64url');
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

/** Of a recovery code: two for each character, so that all characters are as good as equally frequent. */
export const RECOVERY_CODE_BYTES = 4 * GROUP_LENGTH;

/** Ten characters, 45 bits, from random bytes: enough where attempts are limited. */
export function recoveryCodeOf(bytes: Buffer): string {
  const at = (index: number) => ALPHABET[bytes.readUInt16BE(2 * index) % ALPHABET.length];
  const group = (from: number) => Array.from({ length: GROUP_LENGTH }, (_, index) => at(from + index)).join('');
  return `${group(0)}-${group(GROUP_LENGTH)}`;
}
