import { describe, expect, it } from '@jest/globals';
import type { DomainCheck } from '../../src/domains/domain-check.js';
import { type ProofOutcome, judge, secondsToNextProof } from '../../src/domains/proof-judgement.js';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

const finding = (proven: boolean, conclusive: boolean) => ({ proven, conclusive, found: [], detail: 'What was seen.' });
const FOUND: DomainCheck = { dns: finding(true, true) };
const ABSENT: DomainCheck = { dns: finding(false, true), file: finding(false, true) };
const NO_ANSWER: DomainCheck = { dns: finding(false, false), file: finding(false, false) };

const GOOD = { failingSince: null, lapsesAt: null, warnedAt: null, fault: null, verifiedBy: 'dns' } as const;
const failing = (lapsesIn: number, warned?: number) => ({
  ...GOOD,
  failingSince: at(lapsesIn - 7),
  lapsesAt: at(lapsesIn),
  warnedAt: warned === undefined ? null : at(warned),
  fault: 'It was gone.',
});
const judged = (known: Parameters<typeof judge>[0], check: DomainCheck, graceDays = 7) =>
  judge(known, check, { now: NOW, graceDays });

describe('a look at a verified domain', () => {
  it.each<[string, Parameters<typeof judge>[0], DomainCheck, ProofOutcome]>([
    ['with the proof', GOOD, FOUND, 'kept'],
    ['with the proof again', failing(3), FOUND, 'restored'],
    ['with the proof after the end', failing(-3, -5), FOUND, 'restored'],
    ['without an answer', GOOD, NO_ANSWER, 'unclear'],
    ['without an answer at the end', failing(-3, -5), NO_ANSWER, 'unclear'],
    ['without the proof', GOOD, ABSENT, 'failing'],
    ['without it in the middle of the time', failing(3), ABSENT, 'missing'],
    ['without it in the last day', failing(0.9), ABSENT, 'ending'],
    ['without it a little later', failing(0.8, -0.1), ABSENT, 'missing'],
    ['without it at the end', failing(0, -1), ABSENT, 'lapsed'],
    ['without it long after the end, of which nobody was told', failing(-30), ABSENT, 'ending'],
  ])('%s is %s', (_, known, check, outcome) => {
    expect(judged(known, check).outcome).toBe(outcome);
  });

  it('is decided where the domain was proven last', () => {
    const recordGone: DomainCheck = { dns: finding(false, true), file: finding(false, false) };
    const fileGone: DomainCheck = { dns: finding(false, false), file: finding(false, true) };
    const byFile = { ...GOOD, verifiedBy: 'file' } as const;
    expect([judged(GOOD, recordGone).outcome, judged(byFile, recordGone).outcome]).toEqual(['failing', 'unclear']);
    expect([judged(GOOD, fileGone).outcome, judged(byFile, fileGone).outcome]).toEqual(['unclear', 'failing']);
  });

  it('takes a check of before for no answer, because it does not say', () => {
    expect(judged(GOOD, { dns: { proven: false, found: [], detail: '' } }).outcome).toBe('unclear');
  });

  it('leaves the whole time of grace, and the whole last day', () => {
    expect(judged(GOOD, ABSENT).standing).toEqual({ failingSince: NOW, lapsesAt: at(7), warnedAt: null });
    // Of a single day the owners are told at its start.
    expect(judged(GOOD, ABSENT, 1).standing).toEqual({ failingSince: NOW, lapsesAt: at(1), warnedAt: NOW });
    expect(judged(failing(-30), ABSENT).standing).toMatchObject({ lapsesAt: at(1), warnedAt: NOW });
  });
});

describe('the next proof', () => {
  it('comes half a day to one and a half days later, at the same time of every day', () => {
    const times = Array.from({ length: 48 }, (_, hour) => {
      const now = new Date(NOW.getTime() + hour * 3_600_000);
      const seconds = secondsToNextProof('login.acme.example', now);
      expect(seconds).toBeGreaterThanOrEqual(43_200);
      expect(seconds).toBeLessThan(43_200 + 86_400);
      return Math.round(now.getTime() / 1000 + seconds) % 86_400;
    });
    expect(new Set(times).size).toBe(1);
  });

  it('is spread over the day', () => {
    const hours = Array.from({ length: 2000 }, (_, number) => {
      const seconds = secondsToNextProof(`login.n${number}.example`, NOW);
      return Math.floor((seconds - 43_200) / 3600);
    });
    const counts = Array.from({ length: 24 }, (_, hour) => hours.filter((one) => one === hour).length);
    expect(Math.min(...counts)).toBeGreaterThan(2000 / 24 / 3);
  });
});
