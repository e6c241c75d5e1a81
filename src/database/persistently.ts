import { setTimeout as delay } from 'node:timers/promises';
import { isUnavailable } from './database-error.js';

const PAUSE_MS = 500;
const ATTEMPTS = 120;

/** Records what has been done elsewhere and would be done again without a record: tried for a minute while the database is away. */
export async function persistently(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || attempt === ATTEMPTS) throw error;
      await delay(PAUSE_MS, undefined, { ref: false });
    }
  }
}
