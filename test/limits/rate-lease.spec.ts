import { describe, expect, it } from '@jest/globals';
import { LEASED_SHARE, type LeaseRequest, RateLease } from '../../src/limits/rate-lease.js';
import type { RateQuota } from '../../src/limits/tenant-quotas.js';
import { LeakyBucket } from '../../src/limits/leaky-bucket.js';

/** Processes that share a bucket, and a clock that stands until it is set. */
function world(quota: RateQuota, processes = 1) {
  let now = 1000;
  const clock = () => now;
  const shared = new LeakyBucket(quota, clock);
  const asked: LeaseRequest[] = [];
  let away = false;
  const ask = (request: LeaseRequest) => {
    asked.push(request);
    return away ? Promise.reject(new Error('away')) : Promise.resolve(shared.take(request.asked));
  };
  let failures = 0;
  const source = { ask, failed: () => (failures += 1) };
  const leases = Array.from({ length: processes }, () => new RateLease(quota, source, clock));
  return {
    leases,
    lease: leases[0] as RateLease,
    asked,
    pass: (seconds: number) => (now += seconds),
    goAway: (is: boolean) => (away = is),
    failures: () => failures,
  };
}

const isTaken = async (lease: RateLease) => (await lease.take()) === 0;

async function takenOf(lease: RateLease, attempts: number): Promise<number> {
  const results = await Promise.all(Array.from({ length: attempts }, () => isTaken(lease)));
  return results.filter(Boolean).length;
}

describe('A lease of a rate', () => {
  it('lets the burst through at once, and the rate after it', async () => {
    const { lease, pass } = world({ limit: 60, per: 'minute', burst: 100 });
    expect(await takenOf(lease, 150)).toBe(100);
    expect(await takenOf(lease, 150)).toBe(0);
    pass(10);
    expect(await takenOf(lease, 150)).toBe(10);
  });

  it('says when another one can be taken, and refuses until then without asking', async () => {
    const { lease, asked, pass } = world({ limit: 6, per: 'minute' });
    await takenOf(lease, 6);
    expect(await lease.take()).toBeCloseTo(10);
    const before = asked.length;
    pass(4);
    for (let attempt = 0; attempt < 1000; attempt += 1) expect(lease.take()).toBeCloseTo(6);
    expect(lease.waitSeconds).toBeCloseTo(6);
    expect(asked).toHaveLength(before);
    pass(6.001);
    expect(lease.waitSeconds).toBe(0);
    expect(await lease.take()).toBe(0);
  });

  it('asks seldom while there is enough', async () => {
    const { lease, asked, pass } = world({ limit: 1000, per: 'second' });
    let taken = 0;
    for (let turn = 0; turn < 1000; turn += 1) {
      pass(0.01);
      if (await isTaken(lease)) taken += 1;
    }
    expect(taken).toBe(1000);
    expect(asked.length).toBeLessThan(60);
  });

  it('asks for one at a time where the burst is small, so that no unit lies idle elsewhere', async () => {
    const { leases, asked } = world({ limit: 10, per: 'hour' }, 5);
    for (const lease of leases) expect(await takenOf(lease, 2)).toBe(2);
    for (const lease of leases) expect(await isTaken(lease)).toBe(false);
    expect(Math.max(...asked.map((one) => one.asked))).toBe(2);
  });

  it('holds no more than its share unused, so that many processes keep to the limit', async () => {
    const quota = { limit: 100, per: 'second' } as const;
    const { leases, pass } = world(quota, 4);
    let taken = 0;
    const seconds = 20;
    for (let turn = 0; turn < seconds * 20; turn += 1) {
      pass(0.05);
      for (const lease of leases) taken += await takenOf(lease, 20);
    }
    const most = quota.limit * (seconds + 1) + leases.length * quota.limit * LEASED_SHARE;
    expect(taken).toBeLessThanOrEqual(most);
    expect(taken).toBeGreaterThan(quota.limit * seconds * 0.95);
  });

  it('gives back what it did not use', async () => {
    const { lease, asked, pass } = world({ limit: 200, per: 'hour' });
    for (let index = 0; index < 9; index += 1) await lease.take();
    const before = asked.length;
    pass(60);
    expect(await isTaken(lease)).toBe(true);
    expect(asked.slice(before).some(({ givenBack }) => givenBack > 0)).toBe(true);
  });

  it('refuses those who cannot all be served, without keeping them', async () => {
    const { lease } = world({ limit: 5, per: 'minute' });
    const attempts = Array.from({ length: 1000 }, () => lease.take());
    expect(attempts.filter((one) => typeof one === 'number')).toHaveLength(995);
    const waits = await Promise.all(attempts.map((one) => Promise.resolve(one)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('counts for itself while nobody answers, and comes back', async () => {
    const { lease, asked, pass, goAway, failures } = world({ limit: 10, per: 'minute' });
    goAway(true);
    expect(await takenOf(lease, 30)).toBe(10);
    expect(failures()).toBe(1);
    expect(await takenOf(lease, 30)).toBe(0);
    pass(6.001);
    goAway(false);
    const before = asked.length;
    expect(await isTaken(lease)).toBe(true);
    expect(asked).toHaveLength(before + 1);
  });
});
