import { LRUCache } from 'lru-cache';

/** As much as `burst` at once, and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** So many times as much. */
export function multiplied({ burst, perSecond }: Rate, factor: number): Rate {
  return { burst: burst * factor, perSecond: perSecond * factor };
}

interface Bucket {
  tokens: number;
  /** Of the clock, in seconds. */
  filledAt: number;
}

/** Keys that are remembered at most: some 2 MB. The one that was used longest ago is forgotten, which fills its bucket. */
const MAX_BUCKETS = 10_000;

/** Token buckets in the memory of this process, one for each key. */
export class TokenBuckets {
  private readonly buckets: LRUCache<string, Bucket>;

  constructor(
    private readonly rate: Rate,
    private readonly clock: () => number = () => performance.now() / 1000,
    max = MAX_BUCKETS,
  ) {
    this.buckets = new LRUCache({ max });
  }

  /** Seconds until this much can be taken; 0 when it can be now. */
  waitSeconds(key: string, amount = 1): number {
    const missing = Math.min(amount, this.rate.burst) - this.tokensOf(key);
    return missing <= 0 ? 0 : missing / this.rate.perSecond;
  }

  /** Takes so much, or what is left. */
  take(key: string, amount = 1): void {
    const tokens = Math.max(0, this.tokensOf(key) - amount);
    this.buckets.set(key, { tokens, filledAt: this.clock() });
  }

  /** Puts so much back. */
  giveBack(key: string, amount = 1): void {
    if (this.buckets.has(key)) this.take(key, -amount);
  }

  private tokensOf(key: string): number {
    const { burst, perSecond } = this.rate;
    const bucket = this.buckets.get(key);
    return bucket ? Math.min(burst, bucket.tokens + (this.clock() - bucket.filledAt) * perSecond) : burst;
  }
}
