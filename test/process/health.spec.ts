import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { type HttpAnswer, send } from '../support/http.js';
import { ManagementClient } from '../support/management-client.js';
import { OPERATOR_SECRET, freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';
import { createServingRole, productionEnv, publicUrlAt } from '../support/production.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import {
  type TenantFixture,
  clientCredentials,
  createTenant,
  getCode,
  getTokens,
  redeem,
} from '../support/tenant-fixture.js';

let database: TestDatabase;
let cable: TcpProxy;
let platform: PlatformProcess;
let url: string;
let acme: TenantFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  const databaseUrl = new URL(await createServingRole(database));
  cable = await TcpProxy.start({ host: databaseUrl.hostname, port: Number(databaseUrl.port) });
  databaseUrl.port = String(cable.port);
  databaseUrl.hostname = '127.0.0.1';
  const port = await freePort();
  url = publicUrlAt(port);
  const env = productionEnv({ databaseUrl: databaseUrl.href, ownerUrl: database.url, publicUrl: url });
  platform = new PlatformProcess({ env: { ...env, PORT: String(port) } });
  await platform.ready();
  const operator = await ManagementClient.login(url, OPERATOR_SECRET);
  acme = await createTenant({ operator }, 'acme');
  // What it was asked before, it knows.
  await clientCredentials(acme, { scope: 'orders:read' });
  await send(`${acme.issuer}/jwks`);
});
afterAll(async () => {
  await platform.stop();
  await cable.stop();
  await database.drop();
});

describe('With its database', () => {
  it.each(['live', 'ready'])('/health/%s is 200', async (name) => {
    const answer = await send(`${url}/health/${name}`);
    expect([answer.status, answer.json(), answer.headers['cache-control']]).toEqual([
      200,
      { status: 'ok' },
      'no-store',
    ]);
  });
});

describe('Without its database', () => {
  let code: { code: string; verifier: string };

  beforeAll(async () => {
    code = await getCode(acme.issuer);
    // Its keys are known again, after this process heard that they were made.
    await send(`${acme.issuer}/jwks`);
    cable.interrupt();
  });

  it('it is not ready, and lives on', async () => {
    const ready = await send(`${url}/health/ready`);
    expect([ready.status, ready.json()]).toEqual([
      503,
      { status: 'unavailable', database: 'unreachable', changes: 'silent' },
    ]);
    expect(Number(ready.headers['retry-after'])).toBeGreaterThan(0);
    expect((await send(`${url}/health/live`)).status).toBe(200);
  });

  it('it goes on with what needs none', async () => {
    expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
    expect((await send(`${acme.issuer}/jwks`)).status).toBe(200);
    expect((await send(`${acme.issuer}/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('it says that the rest may be tried again', async () => {
    for (const answer of [
      await redeem(acme, { code: code.code, code_verifier: code.verifier }),
      await clientCredentials(acme, { scope: 'stock:read' }),
    ]) {
      expect([answer.status, answer.json()['error']]).toEqual([503, 'temporarily_unavailable']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});

describe('When the database is back', () => {
  it('it is ready again by itself, and the same request succeeds', async () => {
    cable.restore();
    await until(
      () => send(`${url}/health/ready`),
      ({ status }) => status === 200,
    );
    await getTokens(acme);
    expect((await clientCredentials(acme, { scope: 'stock:read' })).status).toBe(200);
  });

  it('it hears of changes again', async () => {
    const operator = await ManagementClient.login(url, OPERATOR_SECRET);
    await clientCredentials(acme, { scope: 'orders:read' });
    // Not through the process itself: only the announcement tells it.
    const disable = `UPDATE clients SET enabled = false WHERE tenant_id = $1 AND client_id = 'machine'`;
    await until(
      async () => {
        await database.query(disable, [acme.id]);
        return clientCredentials(acme, { scope: 'orders:read' });
      },
      ({ status }) => status === 401,
    );
    expect(await operator.get('/tenants/acme/clients/machine')).toMatchObject({ enabled: false });
  });
});

async function until(ask: () => Promise<HttpAnswer>, fits: (answer: HttpAnswer) => boolean): Promise<void> {
  while (!fits(await ask())) await delay(50);
}
