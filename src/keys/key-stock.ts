import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { GeneratedKey } from './signing-algorithm.js';

/** Enough for two tenants: each gets one key that signs and one that waits. */
const SIZE = 4;
/** Threads of the pool that make keys. The others are for what requests wait for, such as password hashes. */
const THREADS = 2;

/** Makes one RSA key, which takes a thread a few tenths of a second. */
export type MakeKey = () => Promise<GeneratedKey>;

export const MAKE_RSA_KEY = Symbol('MakeRsaKey');

/**
 * A few RSA keys made in advance, because a request that needs one should not wait for it. The first one that is taken
 * begins it, so a process that needs none makes none. They are kept in the memory of the process only. A key is handed
 * out once and belongs to one tenant from then on.
 */
@Injectable()
export class KeyStock implements OnApplicationShutdown {
  private readonly ready: GeneratedKey[] = [];
  private readonly threads: Promise<unknown>[] = Array.from({ length: THREADS }, () => Promise.resolve());
  private turn = 0;
  private isFilling = false;
  private stopped = false;

  constructor(@Inject(MAKE_RSA_KEY) private readonly makeKey: MakeKey) {}

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.threads);
    for (const { privateKey } of this.ready.splice(0)) privateKey.fill(0);
  }

  /** A key that nobody else has. Without one in stock it is made now, beside the event loop. */
  take(): Promise<GeneratedKey> {
    const key = this.ready.shift();
    // First whoever waits for a key, then the stock.
    const taken = key ? Promise.resolve(key) : this.make();
    void this.fill();
    return taken;
  }

  private async fill(): Promise<void> {
    if (this.isFilling) return;
    this.isFilling = true;
    try {
      while (!this.stopped && this.ready.length < SIZE) {
        const key = await this.make();
        if (this.stopped) key.privateKey.fill(0);
        else this.ready.push(key);
      }
    } catch {
      // Whoever takes a key hears of it; the next one to take a key begins to fill again.
    } finally {
      this.isFilling = false;
    }
  }

  /** Takes turns, so that many tenants at once leave threads to others. */
  private make(): Promise<GeneratedKey> {
    const thread = (this.turn = (this.turn + 1) % THREADS);
    const made = Promise.resolve(this.threads[thread]).then(() => this.makeKey());
    this.threads[thread] = made.catch(() => undefined);
    return made;
  }
}
