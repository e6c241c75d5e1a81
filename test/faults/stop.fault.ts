import { describe, it } from '@jest/globals';
import { basic } from '../support/http.js';
import { type OpenRequest, openRequest, racingForm, times } from '../support/race.js';
import { type Stage, play } from './scenario.js';

const UNDER_WAY = 20;
const STOP_LIMIT_MS = 15_000;

describe('The platform', () => {
  it.each([2, 12])('is stopped by SIGTERM under load, with %i workers', async (workers) => {
    await play('SIGTERM under load', { workers, tolerates: ['refused'] }, async (stage) => {
      const { platform, recovered, problem } = stage;
      const underWay = await beginRequests(stage);
      for (const pid of [platform.process.pid, ...platform.watch.serving]) platform.watch.expectEnd(pid);
      const askedAt = Date.now();
      const stopped = platform.process.stop();
      for (const { finish } of underWay) finish();
      const answers = await Promise.all(underWay.map(({ answer }) => answer.then(({ status }) => status, String)));
      const broken = answers.filter((status) => status !== 200);
      if (broken.length > 0) problem(`requests under way ended with ${[...new Set(broken)].join(', ')}`);
      const { code, signal } = await stopped;
      if (code !== 0) problem(`it ended with ${signal ?? `code ${code}`}: ${platform.process.errors.slice(-300)}`);
      if (Date.now() - askedAt > STOP_LIMIT_MS) problem(`it took ${Date.now() - askedAt} ms to stop`);
      await platform.startAgain();
      recovered();
    });
  });

  it('is killed under load', async () => {
    let killedAt = Infinity;
    await play(
      'all processes killed (SIGKILL)',
      { tolerates: ['refused', 'reset'], killedAt: () => killedAt },
      async ({ platform, load, recovered }) => {
        for (const pid of [platform.process.pid, ...platform.watch.serving]) platform.watch.expectEnd(pid);
        killedAt = Date.now();
        await platform.process.killGroup();
        await platform.startAgain();
        recovered();
        await load.flow(300);
      },
    );
  });
});

/** Requests of which all but the last byte is there. */
function beginRequests({ platform, tenant }: Stage): Promise<OpenRequest[]> {
  const authorization = basic('machine', tenant.secrets.machine);
  const form = { grant_type: 'client_credentials', scope: 'stock:read' };
  const requests = times(UNDER_WAY, () => racingForm(`${tenant.issuer}/token`, form, { authorization }));
  return Promise.all(requests.map((one) => openRequest(one, platform.port)));
}
