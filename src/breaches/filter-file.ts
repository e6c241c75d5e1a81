import { type FileHandle, open } from 'node:fs/promises';
import { BLOCK_BYTES, type FilterHeader, blockOf, isIn, readHeader } from '../crypto/hash-filter.js';

interface OpenFilter {
  readonly handle: FileHandle;
  readonly header: FilterHeader;
}

/** A filter on disk. It is opened when it is first asked, and one page is read for each hash: nothing is kept in memory. */
export class FilterFile {
  private opened: Promise<OpenFilter> | undefined;

  constructor(private readonly path: string) {}

  /** @throws what the file system says, and FilterFormatError */
  async has(hash: Buffer): Promise<boolean> {
    const opened = (this.opened ??= this.open());
    try {
      const { handle, header } = await opened;
      const page = Buffer.alloc(BLOCK_BYTES);
      const position = (blockOf(hash, header.blocks) + 1) * BLOCK_BYTES;
      const { bytesRead } = await handle.read(page, 0, BLOCK_BYTES, position);
      if (bytesRead !== BLOCK_BYTES) throw new Error(`${this.path} ends too early.`);
      return isIn(page, hash, header.probes);
    } catch (error) {
      // Another reader may have opened it again.
      if (this.opened === opened) await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.then(({ handle }) => handle.close()).catch(() => undefined);
  }

  private async open(): Promise<OpenFilter> {
    return { header: readHeader(this.path), handle: await open(this.path, 'r') };
  }
}
