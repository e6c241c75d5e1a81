import { describe, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { play } from './scenario.js';
import { until } from './until.js';

const OUTAGE_MS = 20_000;

describe('The database', () => {
  it.each([2, 12])('is restarted immediately under load, with %i workers', async (workers) => {
    await play('database restarted immediately', { workers }, async ({ database, load, recovered }) => {
      await database.stopImmediately();
      await database.startAgain();
      recovered();
      await load.flow(300);
    });
  });

  it('is stopped for a while, and a worker is killed meanwhile', async () => {
    const scenario = `database stopped for ${OUTAGE_MS / 1000} s, one worker killed`;
    let killedAt = Infinity;
    let wentAt: [number, number] = [Infinity, Infinity];
    // The clients of the worker that is killed.
    const tolerates = ['reset'] as const;
    const options = { tolerates, killedAt: () => killedAt, databaseWentAt: () => wentAt };
    await play(scenario, options, async ({ database, platform, load, recovered, problem }) => {
      const { watch, workers } = platform;
      const askedAt = Date.now();
      await database.stopImmediately();
      wentAt = [askedAt, Date.now()];
      const [victim = 0] = watch.serving;
      watch.expectEnd(victim);
      killedAt = Date.now();
      process.kill(victim, 'SIGKILL');
      await delay(OUTAGE_MS);
      await database.startAgain();
      recovered();
      await load.flow(300);
      if (!(await until(() => watch.serving.length === workers))) problem('no worker took the place of the killed one');
    });
  });
});
