import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** Many times what the database takes longer when a mail is really written. */
export const STEP_MS = 25;

/**
 * Ends, well or not, a whole number of steps after it began. What is written for an account takes a fraction of a
 * millisecond longer than what is undone for nobody, and this hides it. Timers are exact to a millisecond, so the rest
 * is waited for in turns of the event loop.
 */
export async function evenly<Result>(work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const due = began + Math.ceil((performance.now() - began) / STEP_MS) * STEP_MS;
    await delay(Math.max(0, Math.floor(due - performance.now()) - 1));
    while (performance.now() < due) await nextTurn();
  }
}
