import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { SMALL_YOUNG_GENERATION } from '../../src/process/heap.js';
import { send } from '../support/http.js';
import { freePort } from '../support/platform.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type TenantFixture, clientCredentials, createTenant, getTokens } from '../support/tenant-fixture.js';

const runs = process.platform === 'linux' ? describe : describe.skip;

let platform: ProductionPlatform;
let acme: TenantFixture;
let metricsUrl: string;

beforeAll(async () => {
  const metricsPort = await freePort();
  metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  platform = await startProduction(1, { WORKERS: '2', METRICS_PORT: String(metricsPort) });
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.database.drop());

runs('WORKERS=2', () => {
  it('is two processes behind one listener', async () => {
    expect(workers().length).toBe(2);
    for (let count = 0; count < 20; count += 1)
      expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
    await getTokens(acme);
  });

  it('keeps the memory of each small', () => {
    for (const pid of workers()) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')).toContain(SMALL_YOUNG_GENERATION);
    }
  });

  it('lets every worker know of a change at once', async () => {
    await platform.operator.patch('/tenants/acme/clients/machine', { enabled: false });
    await untilAll(async () => (await clientCredentials(acme, { scope: 'orders:read' })).status === 401);
    await platform.operator.patch('/tenants/acme/clients/machine', { enabled: true });
    await untilAll(async () => (await clientCredentials(acme, { scope: 'orders:read' })).status === 200);
  });

  it('goes on when a worker dies, and starts another', async () => {
    const [victim = 0, survivor = 0] = workers();
    process.kill(victim, 'SIGKILL');
    await platform.processes[0]?.find(/A worker ended \(SIGKILL\); starting another/);
    expect((await send(`${acme.issuer}/jwks`)).status).toBe(200);

    while (workers().length < 2) await delay(50);
    expect(workers()).toContain(survivor);
    expect(workers()).not.toContain(victim);
    await getTokens(acme);
  });

  it('sends no request to a new worker before it can serve', async () => {
    await bothServe();
    const statuses = new Set<number>();
    let replaced = false;
    // Each request has a connection of its own, and they are given to the workers in turn.
    const asking = Array.from({ length: 4 }, async () => {
      while (!replaced) statuses.add((await send(`${acme.issuer}/jwks`).catch(() => ({ status: 0 }))).status);
    });
    const [victim = 0] = workers();
    process.kill(victim, 'SIGKILL');
    while (workers().includes(victim)) await delay(10);
    await bothServe();
    replaced = true;
    await Promise.all(asking);
    // 0: the connection of a request broke with the worker that had it.
    expect([...statuses].filter((status) => status !== 0)).toEqual([200]);
  });

  it('goes on when nobody reads its output any more', async () => {
    await bothServe();
    platform.processes[0]?.stopReading();
    const [victim = 0] = workers();
    // The first process writes that it starts another, and each worker its requests.
    process.kill(victim, 'SIGKILL');
    while (workers().includes(victim)) await delay(10);
    await bothServe();
    await untilAll(async () => (await clientCredentials(acme, { scope: 'orders:read' })).status === 200);
  });

  it('stops all of them on SIGTERM', async () => {
    const running = workers();
    expect(await platform.processes[0]?.stop()).toEqual({ code: 0, signal: null });
    expect(running.filter(isRunning)).toEqual([]);
  });

  it('leaves no worker behind when the first process is killed', async () => {
    const other = await startProduction(1, { WORKERS: '2' });
    const [first] = other.processes;
    const running = childrenOf(first?.pid ?? 0);
    expect(running.length).toBe(2);
    process.kill(first?.pid ?? 0, 'SIGKILL');
    while (running.some(isRunning)) await delay(50);
    await other.database.drop();
  });
});

/** A worker gives its metrics once it serves. */
async function bothServe(): Promise<void> {
  while (!/^tenantry_workers 2$/m.test((await send(metricsUrl)).text)) await delay(50);
}

function workers(): number[] {
  return childrenOf(platform.processes[0]?.pid ?? 0);
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Until several requests in a row, which reach every worker, agree. */
async function untilAll(holds: () => Promise<boolean>): Promise<void> {
  for (let agreed = 0; agreed < 10;) {
    if (await holds()) agreed += 1;
    else agreed = 0;
  }
}
