import { describe, expect, it } from '@jest/globals';
import { EVENT_CATALOGUE } from '../../src/audit/catalogue/event-catalogue.js';
import { NO_USAGE, USAGE_EVENTS, countUsage } from '../../src/usage/daily-usage.js';

const MORNING = '2026-01-31T00:00:00.000Z';
const event = (type: string, occurredAt: Date | string = MORNING, details: unknown = null) => ({
  type,
  occurred_at: occurredAt,
  details,
});

describe('What events count', () => {
  it('is by the day of the event in UTC, whatever the zone of the process', () => {
    const days = countUsage([
      event('user.signed_in', new Date('2026-01-30T23:59:59.999Z')),
      event('user.signed_in', '2026-01-31T00:30:00.000+01:00'),
      event('user.signed_in', MORNING),
    ]);
    expect(days).toEqual([
      { ...NO_USAGE, day: '2026-01-30', signIns: 2 },
      { ...NO_USAGE, day: '2026-01-31', signIns: 1 },
    ]);
  });

  it('is as many as a sum of refusals says, and one for whatever else its details hold', () => {
    const counted = (details: unknown) => countUsage([event('token.refused', MORNING, details)])[0]?.refusedTokens;
    expect(counted({ count: 25, first_at: MORNING })).toBe(25);
    for (const count of [0, -3, 1.5, Infinity, '7', null, {}, 2 ** 60]) expect(counted({ count })).toBe(1);
    expect(counted(undefined)).toBe(1);
  });

  it('is nothing for most', () => {
    expect(countUsage([event('tenant.updated'), event('user.signed_out'), event('no.such_event')])).toEqual([]);
  });

  it('names types of the catalogue, each once', () => {
    const types = Object.values(USAGE_EVENTS).flat();
    expect(types.filter((type) => !EVENT_CATALOGUE.has(type))).toEqual([]);
    expect(new Set(types).size).toBe(types.length);
  });
});
