/** What a receiver can ask for at most; longer than any wait of our own. */
const LONGEST_SECONDS = 24 * 3600;

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
 * @returns seconds from now, up to a day; undefined when it says nothing that can be read
 */
export function readRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), LONGEST_SECONDS);
  // All three forms of an HTTP date begin with the name of a day.
  const time = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : Math.min(Math.max(0, Math.ceil((time - now) / 1000)), LONGEST_SECONDS);
}
