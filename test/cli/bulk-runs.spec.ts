import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, createServer, request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ManagementApi } from '../../src/cli/management-api.js';
import { sendOperations } from '../../src/cli/resources/bulk.js';
import { eventsOf } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';

const platform = givenPlatform();
givenTenant(platform, 'acme');

/** Before the platform: passes requests on, and loses the answers of as many as it is told to. */
const lossy = {
  toLose: 0,
  seen: [] as string[],
  url: '',
};
const server = createServer((incoming, outgoing) => {
  lossy.seen.push(String(incoming.headers['idempotency-key']));
  const target = new URL(incoming.url ?? '/', platform.url);
  const headers = { ...incoming.headers, host: target.host };
  const passed = request(target, { method: incoming.method, headers }, (answer: IncomingMessage) => {
    if (lossy.toLose > 0) {
      lossy.toLose -= 1;
      answer.resume().once('end', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(passed);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  lossy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const NOW = [0, 0, 0];
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    operation: { op: 'create', data: { username: `u-${randomUUID()}` } },
  }));
const api = () => new ManagementApi(lossy.url, () => Promise.resolve(platform.operator.token));
const created = async (work: () => Promise<unknown>) =>
  (await eventsOf(platform.operator, 'acme', work)).filter(({ type }) => type === 'user.created').length;

describe('a run of `users bulk`', () => {
  it('sends a batch again whose answer was lost, and nothing is done twice', async () => {
    const run = { tenant: 'acme', lines: linesOf(3), name: `bulk-${randomUUID()}` };
    lossy.toLose = 2;
    lossy.seen = [];
    const made = await created(async () => {
      const results = await sendOperations(api(), 'bulkUsers', run, NOW);
      expect(results).toMatchObject([1, 2, 3].map((line) => ({ line, status: 201, replayed: true })));
    });
    expect([made, lossy.seen]).toEqual([3, Array.from({ length: 3 }, () => `${run.name}-1`)]);
  });

  it('is named when there is no answer, and goes on with that name', async () => {
    const run = { tenant: 'acme', lines: linesOf(120), name: `bulk-${randomUUID()}` };
    const made = await created(async () => {
      lossy.toLose = 4;
      await expect(sendOperations(api(), 'bulkUsers', run, NOW)).rejects.toThrow(
        new RegExp(`From line 1 on .* --resume ${run.name} `),
      );
      const results = await sendOperations(api(), 'bulkUsers', run, NOW);
      expect(results.filter(({ status }) => status === 201)).toHaveLength(120);
      expect(results.filter(({ replayed }) => replayed === true)).toHaveLength(100);
    });
    expect(made).toBe(120);
    // Another file under the name of this one is refused as a whole.
    const other = sendOperations(api(), 'bulkUsers', { ...run, lines: linesOf(1) }, NOW);
    await expect(other).rejects.toThrow(/Idempotency-Key/);
  });
});
