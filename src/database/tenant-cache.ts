import type { Change } from './change-feed.js';

/** Marks a key that was looked up and does not exist, so that this is cached too. */
const ABSENT = Symbol('absent');

/** One value that was read, with the moment at which its reading began. */
export interface CacheEntry {
  readonly value: object | typeof ABSENT;
  readonly loadedAt: number;
}

/** Whether it says that there is nothing. */
export function isAbsent({ value }: CacheEntry): boolean {
  return value === ABSENT;
}

export interface TenantCacheOptions<Value extends object> {
  /** Unique in the program; tells the entries of one cache from those of another. */
  readonly name: string;
  /** How long a value is used when no change was announced. It is a fallback; invalidation is the rule. */
  readonly lifetimeSeconds: number;
  readonly load: (key: string) => Promise<Value | undefined>;
  /** Bytes of memory that the value holds on to. */
  readonly sizeOf: (value: Value) => number;
  /** The keys whose values a change makes wrong. */
  readonly keysOf: (change: Change) => readonly string[];
  /** Whether a change makes all values wrong. */
  readonly changesAll?: (change: Change) => boolean;
}

/** Where all caches keep their entries; the registry. */
export interface CacheStore {
  find(key: string, lifetimeMs: number): CacheEntry | undefined;
  keep(key: string, entry: CacheEntry, bytes: number): void;
  delete(key: string): void;
}

/**
 * A cache of rows that are read at every request and seldom changed; made by `TenantCaches`. When a change is announced
 * while its row is being loaded, the result is given to the waiting callers and not cached.
 */
export class TenantCache<Value extends object> {
  private readonly loading = new Map<string, Promise<Value | undefined>>();
  private readonly prefix: string;
  private readonly lifetimeMs: number;
  /** Values that were loaded until then are not used any more. So forgetting all of them costs nothing at once. */
  private forgottenAt = -Infinity;

  constructor(
    private readonly options: TenantCacheOptions<Value>,
    private readonly store: CacheStore,
  ) {
    this.prefix = `${options.name}:`;
    this.lifetimeMs = options.lifetimeSeconds * 1000;
  }

  /** The value at once when it is known (undefined: known to be absent), else a promise of it. */
  find(key: string): Value | undefined | Promise<Value | undefined> {
    const known = this.store.find(this.prefix + key, this.lifetimeMs);
    if (known === undefined || known.loadedAt <= this.forgottenAt) return this.loading.get(key) ?? this.load(key);
    return known.value === ABSENT ? undefined : (known.value as Value);
  }

  /** What is cached, without loading anything. */
  peek(key: string): Value | undefined {
    const known = this.store.find(this.prefix + key, this.lifetimeMs);
    if (known === undefined || known.loadedAt <= this.forgottenAt) return undefined;
    return known.value === ABSENT ? undefined : (known.value as Value);
  }

  invalidate(key: string): void {
    this.store.delete(this.prefix + key);
    this.loading.delete(key);
  }

  /** Invalidates the keys that the change affects. */
  changed(change: Change): void {
    if (this.options.changesAll?.(change)) {
      this.forgottenAt = performance.now();
      this.abandonLoading();
    }
    for (const key of this.options.keysOf(change)) this.invalidate(key);
  }

  /** Values that are being loaded are given to their waiting callers and not cached. */
  abandonLoading(): void {
    this.loading.clear();
  }

  private load(key: string): Promise<Value | undefined> {
    const loadedAt = performance.now();
    const loading: Promise<Value | undefined> = this.options.load(key).then(
      (value) => {
        if (this.settle(key, loading)) this.keep(key, value, loadedAt);
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

  private keep(key: string, value: Value | undefined, loadedAt: number): void {
    const bytes = value === undefined ? 0 : this.options.sizeOf(value);
    this.store.keep(this.prefix + key, { value: value ?? ABSENT, loadedAt }, bytes);
  }

  /** Whether this load is still the valid one, not overtaken by a change. */
  private settle(key: string, loading: Promise<Value | undefined>): boolean {
    if (this.loading.get(key) !== loading) return false;
    this.loading.delete(key);
    return true;
  }
}
