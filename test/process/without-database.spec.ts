import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf } from '../support/children.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { postForm, send } from '../support/http.js';
import { ManagementClient } from '../support/management-client.js';
import { OPERATOR_SECRET, freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';
import { createServingRole, masterKeyFrom, productionEnv, publicUrlAt } from '../support/production.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let database: TestDatabase;
let cable: TcpProxy;
let env: Record<string, string>;
let url: string;
let platform: PlatformProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  const serving = new URL(await createServingRole(database));
  cable = await TcpProxy.start({ host: serving.hostname, port: Number(serving.port) });
  const through = (address: string) => {
    const changed = new URL(address);
    changed.hostname = '127.0.0.1';
    changed.port = String(cable.port);
    return changed.href;
  };
  const port = await freePort();
  url = publicUrlAt(port);
  env = {
    ...productionEnv({ databaseUrl: through(serving.href), ownerUrl: through(database.url), publicUrl: url }),
    PORT: String(port),
  };
});
afterEach(async () => {
  await platform?.stop();
  platform = undefined;
  cable.restore();
});
afterAll(async () => {
  await cable.stop();
  await database.drop();
});

describe('Production that starts while its database is away', () => {
  it.each(['1', '2'])(
    'is alive, not ready, and serves by itself once it is there, with WORKERS=%s',
    async (workers) => {
      cable.interrupt();
      platform = new PlatformProcess({ env: { ...env, WORKERS: workers } });
      await platform.find(/Waiting for the database\. The database of DATABASE_URL cannot be reached: /);
      await until(async () => (await send(`${url}/health/live`)).status === 200);
      expect((await send(`${url}/health/ready`)).status).toBe(503);
      const refused = await postForm(`${url}/t/system/token`, { grant_type: 'client_credentials' });
      expect([refused.status, refused.json()['error']]).toEqual([503, 'temporarily_unavailable']);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(platform.output).not.toContain('ready ');

      cable.restore();
      await platform.ready();
      expect((await send(`${url}/health/ready`)).status).toBe(200);
      await ManagementClient.login(url, OPERATOR_SECRET);
      expect(platform.errors).not.toContain('hunter2');
    },
  );

  it('says that it is not let in, and goes on trying', async () => {
    const wrong = new URL(env['DATABASE_OWNER_URL'] ?? '');
    wrong.pathname = '/not-there-yet';
    platform = new PlatformProcess({ env: { ...env, DATABASE_OWNER_URL: wrong.href } });
    await platform.find(/Waiting for the database\. .*"not-there-yet" does not exist/);
    expect((await send(`${url}/health/live`)).status).toBe(200);
    await platform.find(/Waiting/);
  });

  it.each(['1', '2'])('ends on SIGTERM while it waits, with WORKERS=%s', async (workers) => {
    cable.interrupt();
    platform = new PlatformProcess({ env: { ...env, WORKERS: workers } });
    await platform.find(/Waiting for the database/);
    expect(await platform.stop()).toEqual({ code: 0, signal: null });
  });

  it('is refused once the database is there, for what is wrong with the configuration', async () => {
    // The first test has set the database up with the right key.
    cable.interrupt();
    platform = new PlatformProcess({ env: { ...env, WORKERS: '2', MASTER_KEY: masterKeyFrom('wrong') } });
    await platform.find(/Waiting for the database/);
    cable.restore();
    expect(await platform.ended).toEqual({ code: 78, signal: null });
    expect(platform.errors).toContain('MASTER_KEY is not the one this database was set up with');
  });
});

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('Workers that end', () => {
  onLinux('are replaced while the database is away, whatever their number, and serve when it is back', async () => {
    platform = new PlatformProcess({ env: { ...env, WORKERS: '2' } });
    await platform.ready();
    cable.interrupt();
    // More than ten within a minute: no rate of them ends the primary.
    for (let killed = 0; killed < 11; killed += 1) {
      await until(() => childrenOf(platform).length > 0);
      for (const pid of childrenOf(platform)) process.kill(pid, 'SIGKILL');
      await until(() => (platform?.errors ?? '').split('A worker ended').length > killed + 1);
    }
    await until(async () => (await statusOf('live')) === 200);
    cable.restore();
    await until(async () => (await statusOf('ready')) === 200);
    await until(() => childrenOf(platform).length === 2);
    // One worker is ready before the other, which asks to try again until then.
    await until(async () => Boolean(await ManagementClient.login(url, OPERATOR_SECRET)));
  });

  onLinux('are not started again by a stop, and a second signal changes nothing', async () => {
    platform = new PlatformProcess({ env: { ...env, WORKERS: '2' } });
    await platform.ready();
    for (const pid of childrenOf(platform)) process.kill(pid, 'SIGKILL');
    await platform.find(/A worker ended \(SIGKILL\); starting another/);
    const ended = platform.stop();
    process.kill(platform.pid, 'SIGTERM');
    process.kill(platform.pid, 'SIGINT');
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});

// The last one: it leaves the demo in the database, which production refuses.
describe('Development whose database is away', () => {
  onLinux('keeps its workers, which wait inside and serve by themselves once it is there', async () => {
    platform = new PlatformProcess({ env: { ...env, NODE_ENV: 'development', WORKERS: '2' } });
    await platform.ready();
    cable.interrupt();
    for (const pid of childrenOf(platform)) process.kill(pid, 'SIGKILL');
    await until(() => (platform?.errors ?? '').split('Waiting for the database').length > 2);
    const waiting = childrenOf(platform);
    expect(waiting).toHaveLength(2);
    cable.restore();
    await until(async () => (await statusOf('ready')) === 200);
    await until(async () => Boolean(await ManagementClient.login(url, OPERATOR_SECRET)));
    expect(childrenOf(platform)).toEqual(waiting);
  });
});

/** 0 while nobody listens. */
function statusOf(name: 'live' | 'ready'): Promise<number> {
  return send(`${url}/health/${name}`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await Promise.resolve(holds()).catch(() => false))) await delay(50);
}
