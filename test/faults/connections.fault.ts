import { describe, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { play } from './scenario.js';

const KILLS = 25;
const RANDOM_CUTS_MS = 30_000;
const KILL_ONE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'tenantry' ORDER BY random() LIMIT 1`;

describe('Connections to the database', () => {
  it('are ended by the server, one after the other', async () => {
    await play(`one backend killed, ${KILLS} times`, {}, async ({ database, load, recovered }) => {
      for (let count = 0; count < KILLS; count += 1) {
        await database.query(KILL_ONE);
        await load.flow(15);
      }
      recovered();
    });
  });

  it('are frozen silently, while new ones work', async () => {
    await play('every connection frozen', {}, async ({ database, load, recovered }) => {
      database.proxy.freeze();
      recovered();
      await load.flow(300);
    });
  });

  it('are cut at random', async () => {
    const scenario = `connections cut at random for ${RANDOM_CUTS_MS / 1000} s`;
    await play(scenario, {}, async ({ database, recovered, problem }) => {
      const cuts = database.proxy.cutAtRandom({ seed: 7, probability: 0.02 });
      await delay(RANDOM_CUTS_MS);
      cuts.stop();
      if (cuts.count === 0) problem('nothing was cut');
      recovered();
    });
  });
});
