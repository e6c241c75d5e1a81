import { setTimeout as delay } from 'node:timers/promises';
import { ChangeFeed } from '../../src/database/change-feed.js';
import type { Platform } from './platform.js';

/**
 * Waits until the process was notified of all that was committed before. A test that depends on what its caches hold
 * waits for this first: a late notification would empty them in the middle of it.
 */
export async function changesHeard({ application }: Platform): Promise<void> {
  const feed = application.nest.get(ChangeFeed);
  const now = performance.now();
  while (feed.heardAt < now) await delay(20);
}
