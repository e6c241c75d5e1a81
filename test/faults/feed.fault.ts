import { describe, it } from '@jest/globals';
import { Doors, type Victim, isFeed, isReady, prepareVictims } from './feed-cut.js';
import { type Stage, play } from './scenario.js';
import { until } from './until.js';

const WORKERS = 4;
/** What was taken away is dead everywhere within this time. */
const LIMIT_MS = 5000;

describe('The change feed, while the pool is up', () => {
  it('is cut and cannot come back', async () => {
    await play('change feed cut', { workers: WORKERS, clients: 4 }, async (stage) => {
      const { database, platform, operator, recovered, problem } = stage;
      const { victims, doors } = await prepare(stage);
      database.proxy.refuse(isFeed);
      for (const life of await doors.endAll(operator, victims, LIMIT_MS)) problem(life);
      if (!(await until(async () => !(await isReady(platform.url)), 15_000))) problem('it says it is ready');
      database.proxy.refuse();
      doors.close();
      recovered();
      if (!(await until(() => isReady(platform.url), 15_000))) problem('it is not ready again');
    });
  });

  it('is frozen silently', async () => {
    await play('change feed frozen', { workers: WORKERS, clients: 4 }, async (stage) => {
      const { database, operator, recovered, problem } = stage;
      const { victims, doors } = await prepare(stage);
      database.proxy.freeze(isFeed);
      for (const life of await doors.endAll(operator, victims, LIMIT_MS)) problem(life);
      doors.close();
      recovered();
    });
  });
});

async function prepare({ platform, operator, problem }: Stage): Promise<{ victims: Victim[]; doors: Doors }> {
  const doors = await Doors.open(platform.url, WORKERS);
  const victims = await prepareVictims(operator, doors);
  for (const dead of await doors.warm(victims)) problem(dead);
  return { victims, doors };
}
