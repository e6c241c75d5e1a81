import { hash as digestOf } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { FilterFile } from './filter-file.js';
import { isInRange } from './range-query.js';

/** `unknown`: what was to be asked could not be. */
export type BreachVerdict = 'breached' | 'clear' | 'unknown';

/**
 * Passwords that are known from breaches (NIST SP 800-63B-4 §3.1.1.2), by an offline filter and by a range query, whichever
 * is set up. The filter is asked first, and what it knows is not asked elsewhere.
 */
@Injectable()
export class BreachedPasswords implements OnApplicationShutdown {
  private readonly logger = new Logger(BreachedPasswords.name);
  private readonly filter: FilterFile | undefined;
  private readonly rangeUrl: string | undefined;

  constructor(@Inject(CONFIG) { breachedPasswords }: Config) {
    this.filter = breachedPasswords.file === undefined ? undefined : new FilterFile(breachedPasswords.file);
    this.rangeUrl = breachedPasswords.rangeUrl;
  }

  /** Waits for the disk or the network: not to be called in a transaction. */
  async find(password: string): Promise<BreachVerdict> {
    const { filter, rangeUrl } = this;
    const hashes = [...new Set([password, password.normalize('NFKC')])].map(sha1);
    const verdicts: BreachVerdict[] = [];
    if (filter) verdicts.push(await this.ask('file', hashes, (hash) => filter.has(hash)));
    if (rangeUrl !== undefined && !verdicts.includes('breached')) {
      verdicts.push(await this.ask('range query', hashes, (hash) => isInRange(rangeUrl, hash)));
    }
    return verdicts.find((verdict) => verdict !== 'clear') ?? 'clear';
  }

  async onApplicationShutdown(): Promise<void> {
    await this.filter?.close();
  }

  private async ask(
    what: string,
    hashes: readonly Buffer[],
    has: (hash: Buffer) => Promise<boolean>,
  ): Promise<BreachVerdict> {
    try {
      for (const hash of hashes) if (await has(hash)) return 'breached';
      return 'clear';
    } catch (error) {
      this.logger.warn(`Breached passwords: the ${what} could not be asked. ${(error as Error).message}`);
      return 'unknown';
    }
  }
}

/** The hash that published lists have; it protects nothing here. */
function sha1(password: string): Buffer {
  return digestOf('sha1', password, 'buffer');
}
