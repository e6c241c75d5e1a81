import { describe, expect, it } from '@jest/globals';
import { version } from 'uuid';
import { EventIds } from '../../src/audit/event-ids.js';
import { fewRandomBytes, randomSecret } from '../../src/crypto/random.js';

describe('Ids of audit events', () => {
  it('are UUIDs of version 7, in the order in which they were made, and tell their time', () => {
    const ids = new EventIds();
    const made = Array.from({ length: 5000 }, () => ids.next());
    expect(made.map(({ id }) => id)).toEqual([...new Set(made.map(({ id }) => id))].sort());
    for (const { id, time } of made) {
      expect(version(id)).toBe(7);
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(Date.parse(time));
    }
  });

  it('of two processes differ', () => {
    const [one, other] = [new EventIds(), new EventIds()];
    const made = Array.from({ length: 1000 }, () => [one.next().id, other.next().id]).flat();
    expect(new Set(made).size).toBe(2000);
  });
});

describe('Random bytes that were drawn in advance', () => {
  it('are used once each', () => {
    const secrets = Array.from({ length: 1000 }, () => randomSecret());
    expect(new Set(secrets).size).toBe(1000);
    expect(secrets.every((secret) => /^[A-Za-z0-9_-]{43}$/.test(secret))).toBe(true);
  });

  it('are not changed by what is drawn later', () => {
    const first = fewRandomBytes(16);
    const before = first.toString('hex');
    for (let count = 0; count < 1000; count += 1) fewRandomBytes(16);
    expect(first.toString('hex')).toBe(before);
    expect(first.every((byte) => byte === 0)).toBe(false);
  });
});
