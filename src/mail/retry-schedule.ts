import { retryWait } from '../database/retry-waits.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from each failed attempt to the next one: ten attempts within 24 hours. */
const WAITS = [30, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR];

export const MAX_ATTEMPTS = WAITS.length + 1;

/**
 * How long to wait after this failed attempt, in seconds.
 * @param attempt from 1
 * @returns undefined when there is no further attempt
 */
export function waitAfter(attempt: number, random?: number): number | undefined {
  return retryWait(WAITS, attempt, random);
}
