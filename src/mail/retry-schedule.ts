const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from each failed attempt to the next one: ten attempts within 24 hours. */
const WAITS = [30, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR];
const JITTER = 0.1;

export const MAX_ATTEMPTS = WAITS.length + 1;

/**
 * How long to wait after this failed attempt. It varies, so that mails which failed together do not come back together.
 * @param attempt from 1
 * @returns undefined when there is no further attempt
 */
export function waitAfter(attempt: number, random: number = Math.random()): number | undefined {
  const seconds = WAITS[attempt - 1];
  return seconds === undefined ? undefined : Math.round(seconds * (1 - JITTER + 2 * JITTER * random));
}
