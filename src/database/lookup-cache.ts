import { LRUCache } from 'lru-cache';

/** Stands for "asked for and not there", which is worth remembering too. */
const ABSENT = Symbol('absent');

export interface LookupCacheOptions<Value extends object> {
  readonly maxEntries: number;
  /** How long an answer is believed when no change was announced: a fallback, not the means. */
  readonly lifetimeSeconds: number;
  readonly load: (key: string) => Promise<Value | undefined>;
}

/**
 * A bounded cache of rows that are read at every request and seldom changed. A change that is announced while its
 * row is being loaded makes that answer serve its caller and nobody after.
 */
export class LookupCache<Value extends object> {
  private readonly entries: LRUCache<string, Value | typeof ABSENT>;
  private readonly loading = new Map<string, Promise<Value | undefined>>();

  constructor(private readonly options: LookupCacheOptions<Value>) {
    this.entries = new LRUCache({ max: options.maxEntries, ttl: options.lifetimeSeconds * 1000, ttlResolution: 1000 });
  }

  /** The value at once when it is known (undefined: known to be absent), else a promise of it. */
  find(key: string): Value | undefined | Promise<Value | undefined> {
    const known = this.entries.get(key);
    if (known === undefined) return this.loading.get(key) ?? this.load(key);
    return known === ABSENT ? undefined : known;
  }

  invalidate(key: string): void {
    this.entries.delete(key);
    this.loading.delete(key);
  }

  clear(): void {
    this.entries.clear();
    this.loading.clear();
  }

  private load(key: string): Promise<Value | undefined> {
    const loading: Promise<Value | undefined> = this.options.load(key).then(
      (value) => {
        if (this.settle(key, loading)) this.entries.set(key, value ?? ABSENT);
        return value;
      },
      (error: unknown) => {
        this.settle(key, loading);
        throw error;
      },
    );
    this.loading.set(key, loading);
    return loading;
  }

  /** Whether this load is still the valid one, not overtaken by a change. */
  private settle(key: string, loading: Promise<Value | undefined>): boolean {
    if (this.loading.get(key) !== loading) return false;
    this.loading.delete(key);
    return true;
  }
}
