import type { CacheStore } from './tenant-cache.js';

export interface DerivedCacheOptions<Source extends object, Value extends object> {
  /** Unique in the program. */
  readonly name: string;
  readonly derive: (source: Source) => Value;
  readonly sizeOf: (value: Value) => number;
}

interface Derived<Source, Value> {
  readonly source: Source;
  readonly value: Value;
}

/**
 * What takes long to work out from a value of a tenant that is itself cached; made by `TenantCaches`. It is worked out
 * anew when the source is another object, so a change of the source is all that it has to hear of.
 */
export class DerivedCache<Source extends object, Value extends object> {
  constructor(
    private readonly options: DerivedCacheOptions<Source, Value>,
    private readonly store: CacheStore,
  ) {}

  get(key: string, source: Source): Value {
    const place = `${this.options.name}:${key}`;
    const known = this.store.find(place, Infinity)?.value as Derived<Source, Value> | undefined;
    if (known?.source === source) return known.value;
    const value = this.options.derive(source);
    this.store.keep(place, { value: { source, value }, loadedAt: performance.now() }, this.options.sizeOf(value));
    return value;
  }
}
