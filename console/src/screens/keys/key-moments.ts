import { useEffect, useState } from 'react';
import type { Schema } from '../../api/operation.js';

type Key = Schema<'Key'>;

/** How long verifiers may keep a key set: `Cache-Control: max-age` of the JWKS. */
const KEY_SET_SECONDS = 300;

/** The moment from which every verifier can know a key that waits: those that know the present key know it with that. */
function knownFrom({ published_at, alg }: Key, keys: readonly Key[]): number {
  const published = Date.parse(published_at);
  const signing = keys.filter((one) => one.alg === alg && one.state === 'current');
  const isKnown = signing.some((one) => Date.parse(one.published_at) >= published);
  return isKnown ? published : published + KEY_SET_SECONDS * 1000;
}

/**
 * The moment that a key waits for; undefined when it waits for nothing.
 * @param keys all that the tenant has
 */
export function waitsUntil(key: Key, keys: readonly Key[], now: number): number | undefined {
  if (key.state !== 'next') return undefined;
  const moment = key.signs_from === null ? knownFrom(key, keys) : Date.parse(key.signs_from);
  return moment > now ? moment : undefined;
}

/** The time, each second while something is waited for. */
export function useNow(isCounting: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isCounting) return;
    const clock = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(clock);
  }, [isCounting]);
  return now;
}

/** `4:07` */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
