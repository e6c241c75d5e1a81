const JITTER = 0.1;

/**
 * How long to wait after a failed attempt. It varies, so that what failed together does not come back together.
 * @param waits seconds from each failed attempt to the next one
 * @param attempt from 1
 * @returns undefined when there is no further attempt
 */
export function retryWait(waits: readonly number[], attempt: number, random = Math.random()): number | undefined {
  const seconds = waits[attempt - 1];
  return seconds === undefined ? undefined : Math.round(seconds * (1 - JITTER + 2 * JITTER * random));
}
