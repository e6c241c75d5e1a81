import { closeSync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { BLOCK_BYTES, type FilterHeader, bitOf, blockOf, layoutFor, writeHeader } from '../crypto/hash-filter.js';
import { HashListError, eachHash } from './hash-list.js';

export interface BuildOptions {
  readonly falsePositiveRate: number;
  /** How many blocks are held in memory at a time. */
  readonly windowBlocks?: number;
  /** Called for each part of the list that was read. A list that is not in order is read several times. */
  readonly onProgress?: (progress: {
    readonly readBytes: number;
    readonly listBytes: number;
    readonly hashes: number;
  }) => void;
}

/** A line of the list has a hash and a line break at least, so this is a bound for the number of hashes. */
const SHORTEST_LINE_BYTES = 41;
/** 256 MiB. */
const WINDOW_BLOCKS = 65_536;

class OutOfOrder extends Error {}

/**
 * Builds the filter of a list of hashes. A list in order, as it is published, is read once: the first bytes of a hash
 * choose its block, so the blocks are filled one after the other. For any other list each part of the filter takes a
 * pass of its own. The file appears under its name when it is complete.
 * @throws HashListError, FilterFormatError, and errors of the file system
 */
export async function buildFilter(list: string, file: string, options: BuildOptions): Promise<FilterHeader> {
  const listBytes = statSync(list).size;
  const layout = layoutFor(Math.ceil((listBytes + 1) / SHORTEST_LINE_BYTES), options.falsePositiveRate);
  const draft = `${file}.part`;
  const descriptor = openSync(draft, 'w');
  try {
    ftruncateSync(descriptor, (layout.blocks + 1) * BLOCK_BYTES);
    const filled = await fill(list, new Window(descriptor, layout, options.windowBlocks ?? WINDOW_BLOCKS), (read) =>
      options.onProgress?.({ ...read, listBytes }),
    );
    if (filled.hashes === 0) throw new HashListError('The list is empty.');
    const header = { ...layout, hashes: filled.hashes, falsePositiveRate: filled.falsePositives / layout.blocks };
    writeSync(descriptor, writeHeader(header), 0, BLOCK_BYTES, 0);
    fsyncSync(descriptor);
    renameSync(draft, file);
    return header;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

type OnRead = (read: { readonly readBytes: number; readonly hashes: number }) => void;

async function fill(list: string, window: Window, onRead: OnRead): Promise<Filled> {
  try {
    await eachHash(
      list,
      (hash) => {
        const block = window.blockOf(hash);
        if (window.isBehind(block)) throw new OutOfOrder();
        while (window.isAhead(block)) window.next();
        window.add(hash, block);
      },
      (readBytes) => onRead({ readBytes, hashes: window.filled.hashes }),
    );
    while (window.next());
    return window.filled;
  } catch (error) {
    if (!(error instanceof OutOfOrder)) throw error;
  }
  window.restart();
  do {
    await eachHash(
      list,
      (hash) => {
        const block = window.blockOf(hash);
        if (!window.isBehind(block) && !window.isAhead(block)) window.add(hash, block);
      },
      (readBytes) => onRead({ readBytes, hashes: window.filled.hashes }),
    );
  } while (window.next());
  return window.filled;
}

interface Filled {
  hashes: number;
  /** Sum over the blocks of the probability that a hash of the block is found by chance. */
  falsePositives: number;
}

/** The part of the filter that is in memory. */
class Window {
  readonly filled: Filled = { hashes: 0, falsePositives: 0 };
  private readonly memory: Buffer;
  private first = 0;

  constructor(
    private readonly descriptor: number,
    private readonly layout: Pick<FilterHeader, 'blocks' | 'probes'>,
    blocks: number,
  ) {
    this.memory = Buffer.alloc(Math.min(blocks, layout.blocks) * BLOCK_BYTES);
  }

  blockOf(hash: Buffer): number {
    return blockOf(hash, this.layout.blocks);
  }

  /** The part with this block was written. */
  isBehind(block: number): boolean {
    return block < this.first;
  }

  isAhead(block: number): boolean {
    return block >= this.first + this.memory.length / BLOCK_BYTES;
  }

  add(hash: Buffer, block: number): void {
    const start = (block - this.first) * BLOCK_BYTES;
    for (let probe = 0; probe < this.layout.probes; probe += 1) {
      const bit = bitOf(hash, probe);
      const at = start + (bit >> 3);
      this.memory[at] = (this.memory[at] ?? 0) | (1 << (bit & 7));
    }
    this.filled.hashes += 1;
  }

  /** Writes this part and goes on to the next. @returns false when there is none */
  next(): boolean {
    const blocks = Math.min(this.memory.length / BLOCK_BYTES, this.layout.blocks - this.first);
    if (blocks <= 0) return false;
    for (let block = 0; block < blocks; block += 1) this.filled.falsePositives += this.chanceIn(block);
    writeFully(this.descriptor, this.memory.subarray(0, blocks * BLOCK_BYTES), (this.first + 1) * BLOCK_BYTES);
    this.memory.fill(0);
    this.first += blocks;
    return this.first < this.layout.blocks;
  }

  restart(): void {
    this.memory.fill(0);
    this.first = 0;
    Object.assign(this.filled, { hashes: 0, falsePositives: 0 });
  }

  private chanceIn(block: number): number {
    let ones = 0;
    const end = (block + 1) * BLOCK_BYTES;
    for (let at = block * BLOCK_BYTES; at < end; at += 1) ones += ONES[this.memory[at] ?? 0] ?? 0;
    return (ones / (BLOCK_BYTES * 8)) ** this.layout.probes;
  }
}

/** How many bits of each byte are set. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

function writeFully(descriptor: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
}
