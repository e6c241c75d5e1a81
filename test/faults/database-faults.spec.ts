import { describe, it } from '@jest/globals';
import { type FaultDatabase, shareServer } from './fault-database.js';
import { Doors, isFeed, prepareVictims } from './feed-cut.js';
import { type ScenarioOptions, type Stage, play } from './scenario.js';

/**
 * The faults that matter most, in short; `npm run test:faults` plays these and many more under more load. Nothing here
 * is measured in seconds: what has to come back gets as long as a slow machine may need.
 */
const SHORT = {
  database: shareServer,
  clients: 6,
  outageLimitMs: 60_000,
} satisfies ScenarioOptions<FaultDatabase>;
const LIMIT_MS = 180_000;
const CUTS = 15;
const WORKERS = 2;
/** The bound for what was taken away is 5 s; a slow machine is not to blame. What was never told lives for minutes. */
const LIVES_AT_MOST_MS = 20_000;

describe('Under load, the platform survives', () => {
  it(
    'connections that break while a statement is under way, and loses nothing it answered',
    async () => {
      await play('connections cut', SHORT, async ({ database, load, recovered }: Stage<FaultDatabase>) => {
        const cuts = database.proxy.cutAtRandom({ seed: 11, probability: 0.05 });
        while (cuts.count < CUTS) await load.flow(5);
        cuts.stop();
        recovered();
        await load.flow(50);
      });
    },
    LIMIT_MS,
  );

  it(
    'connections that go silent, while new ones work',
    async () => {
      await play('every connection frozen', SHORT, async ({ database, load, recovered }: Stage<FaultDatabase>) => {
        database.proxy.freeze();
        recovered();
        await load.flow(100);
      });
    },
    LIMIT_MS,
  );

  it(
    'a change feed that is cut: what was taken away is dead on every worker',
    async () => {
      const options = { ...SHORT, workers: WORKERS, clients: 2 };
      await play('change feed cut', options, async (stage: Stage<FaultDatabase>) => {
        const { database, platform, operator, recovered, problem } = stage;
        const doors = await Doors.open(platform.url, WORKERS);
        const victims = await prepareVictims(operator, doors);
        for (const dead of await doors.warm(victims)) problem(dead);
        database.proxy.refuse(isFeed);
        for (const life of await doors.endAll(operator, victims, LIVES_AT_MOST_MS)) problem(life);
        doors.close();
        database.proxy.refuse();
        recovered();
      });
    },
    LIMIT_MS,
  );
});
