import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * A file that tells whether a SHA-1 hash is in a list: a Bloom filter in blocks of one page. The first four bytes of a
 * hash choose its block and the next eight its bits in there, so one read of 4 kB answers. The first page is the header.
 */
export interface FilterHeader {
  readonly blocks: number;
  /** Bits of one hash. */
  readonly probes: number;
  readonly hashes: number;
  /** Measured: so many of all hashes that are not in the list are found nevertheless. */
  readonly falsePositiveRate: number;
}

export const BLOCK_BYTES = 4096;
const BLOCK_BITS = BLOCK_BYTES * 8;
/** What of a hash is used. */
export const HASH_BYTES = 12;
const MAGIC = 'tenantry breached passwords 1\n';
/** The block is chosen by 32 bits. */
const MAX_BLOCKS = 2 ** 24;

export class FilterFormatError extends Error {}

/** How large a filter is for so many hashes and this rate of false positives. */
export function layoutFor(hashes: number, falsePositiveRate: number): Pick<FilterHeader, 'blocks' | 'probes'> {
  const bitsPerHash = -Math.log(falsePositiveRate) / Math.LN2 ** 2;
  const blocks = Math.max(1, Math.ceil((hashes * bitsPerHash) / BLOCK_BITS));
  if (blocks > MAX_BLOCKS) throw new FilterFormatError('There are more hashes than a filter can hold.');
  return { blocks, probes: Math.max(1, Math.round(bitsPerHash * Math.LN2)) };
}

export function blockOf(hash: Buffer, blocks: number): number {
  return Math.floor((hash.readUInt32BE(0) * blocks) / 2 ** 32);
}

/** Which bit of the block is the given probe of this hash: double hashing, with a cubic term against regular steps. */
export function bitOf(hash: Buffer, probe: number): number {
  const cubic = (probe * probe * probe - probe) / 6;
  return (hash.readUInt32BE(4) + probe * hash.readUInt32BE(8) + cubic) % BLOCK_BITS;
}

/** @param block the page that `blockOf` chose */
export function isIn(block: Buffer, hash: Buffer, probes: number): boolean {
  for (let probe = 0; probe < probes; probe += 1) {
    const bit = bitOf(hash, probe);
    if (((block[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

export function writeHeader(header: FilterHeader): Buffer {
  const page = Buffer.alloc(BLOCK_BYTES);
  page.write(`${MAGIC}${JSON.stringify(header)}\n`);
  return page;
}

/** Reads the first page and compares it with the size of the file. @throws FilterFormatError, and errors of the file system */
export function readHeader(file: string): FilterHeader {
  const descriptor = openSync(file, 'r');
  try {
    const page = Buffer.alloc(BLOCK_BYTES);
    readSync(descriptor, page, 0, BLOCK_BYTES, 0);
    const text = page.toString('latin1');
    if (!text.startsWith(MAGIC)) throw new FilterFormatError('It is not a filter of breached passwords.');
    const header = parseHeader(text.slice(MAGIC.length, text.indexOf('\n', MAGIC.length)));
    if (fstatSync(descriptor).size !== (header.blocks + 1) * BLOCK_BYTES) {
      throw new FilterFormatError('The filter of breached passwords is not complete.');
    }
    return header;
  } finally {
    closeSync(descriptor);
  }
}

function parseHeader(text: string): FilterHeader {
  try {
    const { blocks, probes, hashes, falsePositiveRate } = JSON.parse(text) as Partial<FilterHeader>;
    const numbers = [blocks, probes, hashes].map(Number);
    if (numbers.every((value) => Number.isSafeInteger(value) && value > 0)) {
      return {
        blocks: Number(blocks),
        probes: Number(probes),
        hashes: Number(hashes),
        falsePositiveRate: Number(falsePositiveRate),
      };
    }
  } catch {
    // Said below.
  }
  throw new FilterFormatError('The header of the filter of breached passwords cannot be read.');
}
