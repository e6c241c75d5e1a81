import { createReadStream } from 'node:fs';
import { HASH_BYTES } from '../crypto/hash-filter.js';

/** A line of the list that is none. */
export class HashListError extends Error {}

const HASH_DIGITS = 40;
const MAX_LINE_BYTES = 128;
const CHUNK_BYTES = 1024 * 1024;
const [NEWLINE, RETURN, COLON, SPACE] = [0x0a, 0x0d, 0x3a, 0x20];

/** The value of each hexadecimal digit, and 16 for what is none. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 16 : value;
});

/**
 * Reads a list as Have I Been Pwned publishes it: a SHA-1 hash in hexadecimal on each line, and how often it was seen
 * after a colon. Memory stays the same however long the list is.
 * @param visit gets the first bytes of each hash in a buffer that is used again for the next one
 * @param onRead bytes that were read so far
 * @throws HashListError that names the line
 */
export async function eachHash(
  file: string,
  visit: (hash: Buffer) => void,
  onRead: (bytes: number) => void = () => undefined,
): Promise<void> {
  const hash = Buffer.alloc(HASH_BYTES);
  let [rest, line, read] = [Buffer.alloc(0), 0, 0];
  const take = (chunk: Buffer, start: number, end: number) => {
    line += 1;
    if (isBlank(chunk, start, end)) return;
    if (!readHash(chunk, start, end, hash)) {
      throw new HashListError(`Line ${line} is not a SHA-1 hash in hexadecimal, with a count after a colon.`);
    }
    visit(hash);
  };
  for await (const piece of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const chunk = rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk, start, end);
      start = end + 1;
    }
    rest = Buffer.from(chunk.subarray(start));
    if (rest.length > MAX_LINE_BYTES) throw new HashListError(`Line ${line + 1} is longer than a hash and a count.`);
    onRead((read += (piece as Buffer).length));
  }
  if (rest.length > 0) take(rest, 0, rest.length);
}

function isBlank(chunk: Buffer, start: number, end: number): boolean {
  return end === start || (end === start + 1 && chunk[start] === RETURN);
}

function readHash(chunk: Buffer, start: number, end: number, hash: Buffer): boolean {
  const after = start + HASH_DIGITS;
  if (end < after) return false;
  for (let at = 0; at < HASH_DIGITS; at += 2) {
    const high = DIGITS[chunk[start + at] ?? 0] ?? 16;
    const low = DIGITS[chunk[start + at + 1] ?? 0] ?? 16;
    if (high > 15 || low > 15) return false;
    if (at < HASH_BYTES * 2) hash[at >> 1] = (high << 4) | low;
  }
  const next = end === after ? RETURN : chunk[after];
  return next === COLON || next === RETURN || next === SPACE;
}
