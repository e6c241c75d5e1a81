import { describe, expect, it } from '@jest/globals';
import { FailureLimit } from '../../src/limits/failure-limit.js';
import { TokenBuckets } from '../../src/limits/token-buckets.js';

/** Seconds that pass when a test says so. */
function clock() {
  let now = 1000;
  return { read: () => now, pass: (seconds: number) => (now += seconds) };
}

describe('A token bucket', () => {
  it('gives a burst, then as much as flows in', () => {
    const time = clock();
    const buckets = new TokenBuckets({ burst: 3, perSecond: 0.5 }, time.read);
    for (let n = 0; n < 3; n += 1) {
      expect(buckets.waitSeconds('a')).toBe(0);
      buckets.take('a');
    }
    expect(buckets.waitSeconds('a')).toBe(2);
    time.pass(1);
    expect(buckets.waitSeconds('a')).toBe(1);
    time.pass(1);
    expect(buckets.waitSeconds('a')).toBe(0);
    expect(buckets.waitSeconds('a', 2)).toBe(2);
  });

  it('holds no more than a burst, however long it was left alone', () => {
    const time = clock();
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1 }, time.read);
    buckets.take('a', 2);
    time.pass(1000);
    buckets.take('a', 2);
    expect(buckets.waitSeconds('a')).toBe(1);
    buckets.giveBack('a', 100);
    buckets.take('a', 2);
    expect(buckets.waitSeconds('a')).toBe(1);
  });

  it('can be asked for more than a burst when it is full', () => {
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1 }, clock().read);
    expect(buckets.waitSeconds('a', 5)).toBe(0);
    buckets.take('a', 5);
    expect(buckets.waitSeconds('a', 5)).toBe(2);
  });

  it('is one for each key, of which the one used longest ago is forgotten', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, clock().read, 2);
    for (const key of ['a', 'b', 'c']) buckets.take(key);
    expect(['c', 'b', 'a'].map((key) => buckets.waitSeconds(key))).toEqual([1, 1, 0]);
  });
});

describe('A limit of failures', () => {
  const rates = { subject: { burst: 2, perSecond: 1 }, network: { burst: 5, perSecond: 1 } };
  const machine = { network: 'home', subject: 'machine' };

  it('stops trying what failed too often from this network, and nowhere else', () => {
    const limit = new FailureLimit(rates, clock().read);
    for (let n = 0; n < 2; n += 1) expect([limit.before(machine), limit.failed(machine)]).toEqual([0, 0]);
    expect(limit.before(machine)).toBe(1);
    expect(limit.before({ network: 'home', subject: 'web' })).toBe(0);
    expect(limit.before({ network: 'elsewhere', subject: 'machine' })).toBe(0);
  });

  it('counts all that fails in a network, so that another name is no way out', () => {
    const limit = new FailureLimit(rates, clock().read);
    for (let n = 0; n < 5; n += 1) limit.failed({ network: 'home', subject: `made up ${n}` });
    expect(limit.before(machine)).toBe(1);
    expect(limit.before({ network: 'elsewhere', subject: 'machine' })).toBe(0);
  });

  it('goes on trying what succeeded from this network; only what fails again waits', () => {
    const limit = new FailureLimit(rates, clock().read);
    limit.succeeded(machine);
    for (let n = 0; n < 10; n += 1) limit.failed(machine);
    expect(limit.before(machine)).toBe(0);
    expect(limit.failed(machine)).toBe(1);
    expect(limit.before({ network: 'home', subject: 'web' })).toBe(1);
  });

  it('is not reached by what mostly succeeds', () => {
    const limit = new FailureLimit({ ...rates, network: { burst: 1000, perSecond: 1 } }, clock().read);
    for (let n = 0; n < 100; n += 1) {
      expect(limit.failed(machine)).toBe(0);
      limit.succeeded(machine);
    }
  });
});
