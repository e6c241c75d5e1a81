import type { CacheStore } from './tenant-cache.js';

export interface DerivedCacheOptions<Source extends object, Value extends object, Input = void> {
  /** Unique in the program. */
  readonly name: string;
  /** @param input what else the value is made from; the key has to name it */
  readonly derive: (source: Source, input: Input) => Value;
  readonly sizeOf: (value: Value) => number;
}

interface Derived<Source, Value> {
  readonly source: Source;
  readonly value: Value;
}

/**
 * Caches values that are expensive to compute from another cached value of a tenant; made by `TenantCaches`. A value is
 * computed again when its source is another object, so invalidating the source is enough.
 */
export class DerivedCache<Source extends object, Value extends object, Input = void> {
  constructor(
    private readonly options: DerivedCacheOptions<Source, Value, Input>,
    private readonly store: CacheStore,
  ) {}

  get(key: string, source: Source, input: Input): Value {
    const place = `${this.options.name}:${key}`;
    const known = this.store.find(place, Infinity)?.value as Derived<Source, Value> | undefined;
    if (known?.source === source) return known.value;
    const value = this.options.derive(source, input);
    this.store.keep(place, { value: { source, value }, loadedAt: performance.now() }, this.options.sizeOf(value));
    return value;
  }
}
