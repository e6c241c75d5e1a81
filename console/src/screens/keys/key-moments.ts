import { useEffect, useState } from 'react';
import type { Schema } from '../../api/operation.js';

/** How long verifiers may keep a key set: `Cache-Control: max-age` of the JWKS. */
const KEY_SET_SECONDS = 300;

/** The moment from which every verifier can know a key. */
export function knownFrom({ published_at }: Schema<'Key'>): number {
  return Date.parse(published_at) + KEY_SET_SECONDS * 1000;
}

/** The moment that a key waits for; undefined when it waits for nothing. */
export function waitsUntil(key: Schema<'Key'>, now: number): number | undefined {
  if (key.state !== 'next') return undefined;
  const moment = key.signs_from === null ? knownFrom(key) : Date.parse(key.signs_from);
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
