import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { changesHeard } from '../support/changes-heard.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { countStatuses, times } from '../support/race.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { type TenantFixture, clientCredentials, createTenant } from '../support/tenant-fixture.js';

const JWT = { scope: 'orders:read' };

let cable: TcpProxy;
let platform: Platform;
let acme: TenantFixture;
beforeAll(async () => {
  platform = await startPlatform({
    reach: async (databaseUrl) => {
      const url = new URL(databaseUrl);
      cable = await TcpProxy.start({ host: '127.0.0.1', port: Number(url.port) });
      url.hostname = '127.0.0.1';
      url.port = String(cable.port);
      return url.href;
    },
  });
  acme = await createTenant(platform, 'acme', { allow_unrecorded_tokens: true });
  await platform.operator.patch('/tenants/acme/quotas', { token_requests: { limit: 5, per: 'hour' } });
  await changesHeard(platform);
  expect((await clientCredentials(acme, JWT)).status).toBe(200);
});
afterAll(async () => {
  cable.restore();
  await platform.stop();
  await cable.stop();
});

it('A process without its database lets no more through than one process may, and says 503 when it knows no tenant', async () => {
  cable.interrupt();
  const first = await Promise.all(times(20, () => clientCredentials(acme, JWT)));
  const later = await Promise.all(times(20, () => clientCredentials(acme, JWT)));
  const counts = countStatuses([...first, ...later]);
  expect(counts[200] ?? 0).toBeLessThanOrEqual(5);
  expect(Object.keys(counts).filter((status) => !['200', '429', '503'].includes(status))).toEqual([]);
});
