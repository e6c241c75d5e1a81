import { describe, expect, it } from '@jest/globals';
import { bucketsOf } from '../../console/src/kit/day-buckets.js';

const FIRST = Date.parse('2026-01-01');
const days = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    day: new Date(FIRST + index * 86_400_000).toISOString().slice(0, 10),
    good: index,
    bad: 1,
  }));

describe('The bars of a chart', () => {
  it('are days, as long as one can tell them apart', () => {
    const buckets = bucketsOf(days(90), ['good', 'bad']);
    expect(buckets).toHaveLength(90);
    expect(buckets[1]).toEqual({ from: '2026-01-02', to: '2026-01-02', counts: { good: 1, bad: 1 } });
  });

  it('are weeks of a year, which end with the last day and lose none', () => {
    const buckets = bucketsOf(days(365), ['good', 'bad']);
    expect(buckets).toHaveLength(53);
    expect(buckets[0]).toEqual({ from: '2026-01-01', to: '2026-01-01', counts: { good: 0, bad: 1 } });
    expect(buckets[1]).toMatchObject({ from: '2026-01-02', to: '2026-01-08' });
    expect(buckets.at(-1)).toMatchObject({ from: '2026-12-25', to: '2026-12-31' });
    expect(buckets.reduce((sum, { counts }) => sum + counts.bad, 0)).toBe(365);
    expect(buckets.reduce((sum, { counts }) => sum + counts.good, 0)).toBe((364 * 365) / 2);
  });

  it('are none of no days', () => {
    expect(bucketsOf([], ['good'])).toEqual([]);
  });
});
