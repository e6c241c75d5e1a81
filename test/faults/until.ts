import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/** Until it holds. @returns whether it did within the limit, which is generous */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}
