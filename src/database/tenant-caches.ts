import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '../config/config.js';
import { type Change, ChangeFeed, type ChangeListener } from './change-feed.js';
import { DerivedCache, type DerivedCacheOptions } from './derived-cache.js';
import { type CacheEntry, type CacheStore, TenantCache, type TenantCacheOptions, isAbsent } from './tenant-cache.js';

/**
 * While the change feed is silent, changes are not announced. A value is then used for this long after the feed was
 * last heard, or after the value was read. With the time of a request this keeps the promise that a suspended tenant, a
 * disabled client or a rotated key is gone everywhere within five seconds.
 */
const BELIEVED_IN_SILENCE_MS = 3500;

/** An entry beside its key and value: its places in the map and in the list of use, and the entry itself. */
const ENTRY_BYTES = 200;

/**
 * The share of its room that a store fills before it orders its entries by use. Below that nothing is evicted soon, and
 * moving an entry to the front of the list touches the memory of its neighbours, which costs most with many tenants.
 */
const ORDERED_FROM = 3 / 4;

/** The share of the budget for what was asked for and is not there: strangers can make up names without end. */
const ABSENT_SHARE = 1 / 32;

export interface CacheStatistics {
  readonly bytes: number;
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
  /** Entries that were evicted to make room. */
  readonly evictions: number;
}

/**
 * The registry of all caches of tenants' data in this process. They share one memory budget (`TENANT_CACHE_MB`), and
 * the least recently used entry is evicted first. A change invalidates its keys. When notifications may have been
 * missed, all caches are emptied.
 */
@Injectable()
export class TenantCaches implements ChangeListener, CacheStore {
  private readonly caches: TenantCache<object>[] = [];
  private readonly entries: LRUCache<string, CacheEntry>;
  private readonly absent: LRUCache<string, CacheEntry>;
  private hits = 0;
  private misses = 0;
  private evictions = 0;

  constructor(
    private readonly feed: ChangeFeed,
    @Inject(CONFIG) { tenantCacheMb }: Config,
  ) {
    const budget = tenantCacheMb * 1024 * 1024;
    const dispose = (_: CacheEntry, __: string, reason: string) => {
      if (reason === 'evict') this.evictions += 1;
    };
    this.absent = new LRUCache({ maxSize: Math.floor(budget * ABSENT_SHARE), dispose });
    this.entries = new LRUCache({ maxSize: budget - this.absent.maxSize, dispose });
    feed.subscribe(this);
  }

  create<Value extends object>(options: TenantCacheOptions<Value>): TenantCache<Value> {
    const cache = new TenantCache(options, this);
    this.caches.push(cache as unknown as TenantCache<object>);
    return cache;
  }

  createDerived<Source extends object, Value extends object>(
    options: DerivedCacheOptions<Source, Value>,
  ): DerivedCache<Source, Value> {
    return new DerivedCache(options, this);
  }

  get statistics(): CacheStatistics {
    const bytes = this.entries.calculatedSize + this.absent.calculatedSize;
    const entries = this.entries.size + this.absent.size;
    return { bytes, entries, hits: this.hits, misses: this.misses, evictions: this.evictions };
  }

  changed(change: Change): void {
    for (const cache of this.caches) cache.changed(change);
  }

  missed(): void {
    this.entries.clear();
    this.absent.clear();
    for (const cache of this.caches) cache.abandonLoading();
  }

  find(key: string, lifetimeMs: number): CacheEntry | undefined {
    const entry = this.entries.peek(key) ?? this.absent.peek(key);
    const now = performance.now();
    if (entry === undefined || !this.believes(entry, lifetimeMs, now)) {
      this.misses += 1;
      return undefined;
    }
    this.hits += 1;
    const place = this.placeOf(entry);
    if (place.calculatedSize > place.maxSize * ORDERED_FROM) place.get(key);
    return entry;
  }

  keep(key: string, entry: CacheEntry, bytes: number): void {
    this.delete(key);
    this.placeOf(entry).set(key, entry, { size: ENTRY_BYTES + key.length + Math.ceil(bytes) });
  }

  delete(key: string): void {
    this.entries.delete(key);
    this.absent.delete(key);
  }

  private placeOf(entry: CacheEntry): LRUCache<string, CacheEntry> {
    return isAbsent(entry) ? this.absent : this.entries;
  }

  private believes({ loadedAt }: CacheEntry, lifetimeMs: number, now: number): boolean {
    return now - loadedAt < lifetimeMs && now - Math.max(loadedAt, this.feed.heardAt) < BELIEVED_IN_SILENCE_MS;
  }
}
