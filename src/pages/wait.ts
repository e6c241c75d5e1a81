import type { MessageSet } from '../language/messages.js';

/** Exact below a minute, whole minutes from there on: what a page says and what `Retry-After` says is the same. */
export function roundWait(seconds: number): number {
  return seconds < 60 ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds / 60) * 60;
}

/** "in 5 seconds", "in 2 minutes". */
export function waitText(messages: MessageSet, seconds: number): string {
  const wait = roundWait(seconds);
  return wait < 60
    ? messages.text('wait.seconds', { seconds: wait })
    : messages.text('wait.minutes', { minutes: wait / 60 });
}
