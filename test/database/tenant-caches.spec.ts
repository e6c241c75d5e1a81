import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import type { Change, ChangeFeed, ChangeListener } from '../../src/database/change-feed.js';
import { estimateBytes } from '../../src/database/memory-size.js';
import { TenantCaches } from '../../src/database/tenant-caches.js';
import { ACME } from '../support/direct-database.js';

/** Says when it was last heard, and what changed. */
class FeedDouble {
  heardAt = Infinity;
  readonly listeners: ChangeListener[] = [];

  subscribe(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  announce(change: Change): void {
    for (const listener of this.listeners) listener.changed(change);
  }
}

let feed: FeedDouble;
let caches: TenantCaches;
let loads: string[];
beforeEach(() => {
  feed = new FeedDouble();
  caches = new TenantCaches(feed as unknown as ChangeFeed, { tenantCacheMb: 1 } as Config);
  loads = [];
});

const cacheNamed = (name: string, bytes = 100) =>
  caches.create<{ key: string }>({
    name,
    lifetimeSeconds: 300,
    load: async (key) => {
      loads.push(`${name} ${key}`);
      return key.startsWith('absent') ? undefined : { key };
    },
    sizeOf: () => bytes,
    keysOf: ({ table, key }) => (table === name ? [key] : []),
  });

describe('the caches of tenants’ data', () => {
  it('share one budget, from which goes what was not used for longest', async () => {
    const [small, large] = [cacheNamed('small'), cacheNamed('large', 200_000)];
    await small.find('first');
    await small.find('second');
    for (const key of ['a', 'b', 'c', 'd']) await large.find(key);
    await small.find('second');
    await large.find('e');
    await large.find('f');
    expect(caches.statistics.bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(caches.statistics.evictions).toBe(2);
    loads = [];
    await small.find('second');
    await large.find('f');
    expect(loads).toEqual([]);
    await small.find('first');
    await large.find('a');
    expect(loads).toEqual(['small first', 'large a']);
  });

  it('hold a hundred thousand entries within their budget', async () => {
    const cache = cacheNamed('many');
    for (let index = 0; index < 100_000; index += 1) await cache.find(String(index));
    expect(caches.statistics.bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(caches.statistics.entries).toBeLessThan(5000);
  });

  it('keep what is there, however many names are made up', async () => {
    const cache = cacheNamed('real');
    for (let index = 0; index < 3000; index += 1) await cache.find(String(index));
    for (let index = 0; index < 20_000; index += 1) await cache.find(`absent ${index}`);
    loads = [];
    for (let index = 0; index < 3000; index += 1) await cache.find(String(index));
    await cache.find('absent 19999');
    expect(loads).toEqual([]);
    expect(caches.statistics.bytes).toBeLessThanOrEqual(1024 * 1024);
  });

  it('forget that something is absent once it is there, and that it is there once it is gone', async () => {
    const names = new Set<string>();
    const load = async (key: string) => (names.has(key) ? { key } : undefined);
    const keysOf = ({ key }: Change) => [key];
    const cache = caches.create({ name: 'now', lifetimeSeconds: 300, load, sizeOf: () => 10, keysOf });
    for (const happens of [() => undefined, () => names.add('a'), () => names.delete('a')]) {
      happens();
      feed.announce({ table: 'now', tenantId: ACME, key: 'a' });
      await cache.find('a');
      expect(await cache.find('a')).toEqual(names.has('a') ? { key: 'a' } : undefined);
    }
    expect(caches.statistics.entries).toBe(1);
  });

  it('forget what changed and nothing else, also what was found absent', async () => {
    const [first, second] = [cacheNamed('first'), cacheNamed('second')];
    for (const cache of [first, second]) for (const key of ['a', 'b', 'absent']) await cache.find(key);
    loads = [];
    for (const key of ['a', 'absent']) feed.announce({ table: 'first', tenantId: ACME, key });
    for (const cache of [first, second]) for (const key of ['a', 'b', 'absent']) await cache.find(key);
    expect(loads).toEqual(['first a', 'first absent']);
  });

  it('forget everything when announcements may have been missed', async () => {
    const cache = cacheNamed('first');
    await cache.find('a');
    for (const listener of feed.listeners) listener.missed();
    expect(caches.statistics).toMatchObject({ bytes: 0, entries: 0 });
  });

  it.each([
    ['a change', () => feed.announce({ table: 'first', tenantId: ACME, key: 'a' })],
    ['announcements that may have been missed', () => feed.listeners.forEach((listener) => listener.missed())],
  ])('do not keep what was being read during %s', async (_, happens) => {
    const cache = cacheNamed('first');
    const reading = cache.find('a');
    happens();
    expect(await reading).toEqual({ key: 'a' });
    await cache.find('a');
    expect(loads).toEqual(['first a', 'first a']);
  });

  it('believe nothing for long once the feed is silent', async () => {
    const cache = cacheNamed('first');
    const stored = { value: { key: 'a' }, loadedAt: performance.now() - 10_000 };
    caches.keep('first:a', stored, 100);
    feed.heardAt = performance.now() - 1000;
    expect(cache.find('a')).toEqual({ key: 'a' });
    feed.heardAt = performance.now() - 4000;
    await cache.find('a');
    expect(loads).toEqual(['first a']);
    // What was read in the silence is believed for a moment too, or every request would ask.
    await cache.find('a');
    expect(loads).toEqual(['first a']);
  });

  it('count hits and misses', async () => {
    const cache = cacheNamed('first');
    await cache.find('a');
    await cache.find('a');
    expect(caches.statistics).toMatchObject({ hits: 1, misses: 1, entries: 1 });
  });

  it('work out again what is derived from a source that was replaced', () => {
    let derived = 0;
    const cache = caches.createDerived<{ name: string }, { text: string }>({
      name: 'derived',
      derive: ({ name }) => ({ text: `${name} ${(derived += 1)}` }),
      sizeOf: estimateBytes,
    });
    const source = { name: 'a' };
    expect([cache.get('key', source), cache.get('key', source)]).toEqual([{ text: 'a 1' }, { text: 'a 1' }]);
    expect(cache.get('key', { name: 'b' })).toEqual({ text: 'b 2' });
  });
});

describe('the estimate of memory', () => {
  it('counts text, lists, maps and buffers, and nothing that is shared', () => {
    const shared = { text: 'x'.repeat(10_000) };
    expect(estimateBytes({ shared }, new Set([shared]))).toBeLessThan(100);
    expect(estimateBytes({ shared })).toBeGreaterThan(10_000);
    expect(estimateBytes(new Map([['key', { list: ['x'.repeat(1000)] }]]))).toBeGreaterThan(1000);
    expect(estimateBytes(Buffer.alloc(5000))).toBeGreaterThan(5000);
  });
});
