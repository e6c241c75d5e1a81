import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { Database } from '../../src/database/database.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { RETRY_WAITS } from '../../src/webhooks/webhook-attempt.js';
import { WebhookQueueRepository } from '../../src/webhooks/webhook-queue.repository.js';
import { givenPlatform } from '../support/given.js';
import { freePort, startPlatform } from '../support/platform.js';
import { type TenantFixture, clientCredentials, createTenant } from '../support/tenant-fixture.js';
import { type ReceivedWebhook, WebhookReceiver } from '../support/webhook-receiver.js';
import { type MadeWebhook, WebhookFixture } from './webhook-fixture.js';

const platform = givenPlatform({ makesUpEvents: true });
let receiver: WebhookReceiver;
let acme: TenantFixture;
let globexId: string;
const hooks = new WebhookFixture(platform, () => receiver);

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  acme = await createTenant(platform, 'acme');
  globexId = (await platform.operator.create<{ id: string }>('/tenants', { slug: 'globex', display_name: 'G' })).id;
});
afterAll(() => receiver.stop());

const shown = ({ id }: MadeWebhook) => platform.operator.get<Record<string, unknown>>(`/tenants/acme/webhooks/${id}`);
const enable = ({ id }: MadeWebhook) => platform.operator.patch(`/tenants/acme/webhooks/${id}`, { enabled: true });
const failingFor = (interval: string, { id }: MadeWebhook) =>
  platform.database.query(`UPDATE webhook_endpoints SET failing_since = now() - $2::interval WHERE id = $1`, [
    id,
    interval,
  ]);

/** As an independent implementation of the specification sees it. @throws when the signature is wrong */
function verify(secret: string, { body, headers }: ReceivedWebhook): unknown {
  return new Webhook(secret).verify(body, headers);
}

/** A webhook that is gone again when the test is done, so that it does not get the events of others. */
async function withWebhook(
  eventTypes: readonly string[],
  work: (webhook: MadeWebhook) => Promise<void>,
  tenant = 'acme',
): Promise<void> {
  const webhook = await hooks.make(tenant, eventTypes);
  await work(webhook).finally(() => hooks.remove(tenant, webhook));
}

describe('Standard Webhooks', () => {
  it('an event comes signed, with what the audit log shows of it', () =>
    withWebhook(['user.created'], async (webhook) => {
      const userId = await hooks.newUser('acme');
      const received = await receiver.first(webhook.path);
      const payload = verify(webhook.secret, received);
      const { data } = await platform.operator.get<{ data: Record<string, unknown>[] }>(
        `/tenants/acme/audit-events?type=user.created&user_id=${userId}`,
      );
      const [event] = data;
      expect(payload).toEqual({
        type: 'user.created',
        timestamp: event?.['occurred_at'],
        data: { tenant_id: acme.id, ...event },
      });
      expect(received.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': event?.['id'] });
      expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, received)).toThrow();
      expect(() => verify(webhook.secret, { ...received, body: `${received.body} ` })).toThrow();
    }));

  it('two secrets sign after a rotation, and the old one no longer than asked', () =>
    withWebhook(['user.created'], async (webhook) => {
      const at = `/tenants/acme/webhooks/${webhook.id}/rotate-secret`;
      const { secret } = (await platform.operator.request('POST', at, { overlap_hours: 1 })).json<MadeWebhook>();
      await hooks.newUser('acme');
      const both = await receiver.first(webhook.path);
      for (const one of [webhook.secret, secret]) verify(one, both);
      await platform.database.query('UPDATE webhook_endpoints SET previous_until = now() WHERE id = $1', [webhook.id]);
      await hooks.newUser('acme');
      await hooks.deliver();
      const [, later] = receiver.at(webhook.path);
      expect(later).toBeDefined();
      if (!later) return;
      verify(secret, later);
      expect(() => verify(webhook.secret, later)).toThrow();
    }));
});

describe('an endpoint gets', () => {
  it('the types it asked for, all of a resource, or everything', async () => {
    const exact = await hooks.make('acme', ['client.created', 'api.deleted']);
    const resource = await hooks.make('acme', ['client.*']);
    const other = await hooks.make('acme', ['user.*', 'client.updated']);
    const everything = await hooks.make('acme', []);
    const client = { grant_types: ['client_credentials'] };
    const { client_id: id } = await platform.operator.create('/tenants/acme/clients', client);
    await platform.operator.request('DELETE', `/tenants/acme/clients/${String(id)}`);
    await hooks.deliver();
    const types = ({ path }: MadeWebhook) => receiver.at(path).map(({ payload }) => payload.type);
    expect(types(exact)).toEqual(['client.created']);
    expect(types(resource).sort()).toEqual(['client.created', 'client.deleted']);
    expect(types(other)).toEqual([]);
    expect(types(everything)).toEqual(expect.arrayContaining(['client.created', 'client.deleted', 'webhook.created']));
    for (const one of [exact, resource, other, everything]) await hooks.remove('acme', one);
  });

  it('events that are written in batches', () =>
    withWebhook(['token.issued'], async (webhook) => {
      expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
      const { payload } = await receiver.first(webhook.path);
      expect(payload.data).toMatchObject({ client_id: 'machine', outcome: 'success' });
    }));

  it('nothing of another tenant, whose endpoints get nothing of it', () =>
    withWebhook([], async (webhook) => {
      await withWebhook(
        [],
        async (theirs) => {
          await hooks.newUser('acme');
          await hooks.newUser('globex');
          await hooks.deliver();
          const tenantsAt = ({ path }: MadeWebhook) =>
            new Set(receiver.at(path).map(({ payload }) => payload.data['tenant_id']));
          expect(tenantsAt(webhook)).toEqual(new Set([acme.id]));
          expect(tenantsAt(theirs)).toEqual(new Set([globexId]));
        },
        'globex',
      );
    }));

  it('what was committed, and nothing that was rolled back', () =>
    withWebhook(['user.signed_out'], async (webhook) => {
      const { nest } = platform.application;
      const tenantId = toTenantId(acme.id);
      const act = (target: string, error?: Error) =>
        nest.get(Database).transaction(tenantId, async (transaction) => {
          const event = { tenantId, type: 'user.signed_out', outcome: 'success', target } as const;
          await nest.get(AuditRecorder).recordWith(transaction, event);
          if (error) throw error;
        });
      await expect(act('undone', new Error('no'))).rejects.toThrow('no');
      await act('done');
      await hooks.deliver();
      expect(receiver.at(webhook.path).map(({ payload }) => payload.data['target'])).toEqual(['done']);
      expect(await hooks.rows(webhook)).toHaveLength(1);
    }));
});

describe('a receiver that does not take an event', () => {
  it.each([
    ['answers 500', (path: string) => receiver.answer(path, 500), 500, /500/],
    [
      'redirects',
      (path: string) =>
        receiver.answer(path, (response) => void response.writeHead(307, { location: `${path}/there` }).end()),
      307,
      /redirects are not followed/,
    ],
    [
      'breaks the connection',
      (path: string) => receiver.answer(path, (response) => void response.destroy()),
      null,
      /ECONNRESET|socket hang up|ended/,
    ],
  ] as const)('because it %s gets it again, and then no more', (_, misbehave, status, error) =>
    withWebhook(['user.created'], async (webhook) => {
      misbehave(webhook.path);
      await hooks.newUser('acme');
      await hooks.deliver();
      const [row] = await hooks.rows(webhook);
      expect(row).toMatchObject({ state: 'queued', attempts: 1, status });
      expect(row?.error).toMatch(error);
      expect(row?.wait_seconds).toBeLessThan(10);
      expect((await shown(webhook))['failing_since']).not.toBeNull();
      expect(receiver.at(`${webhook.path}/there`)).toEqual([]);
      receiver.answer(webhook.path, 204);
      await hooks.advance();
      await hooks.deliver();
      expect(await hooks.rows(webhook)).toMatchObject([{ state: 'delivered', attempts: 2, status: 204, error: null }]);
      expect((await shown(webhook))['failing_since']).toBeNull();
      const ids = receiver.at(webhook.path).map(({ headers }) => headers['webhook-id']);
      expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
      await hooks.advance();
      await hooks.deliver();
      expect(receiver.at(webhook.path)).toHaveLength(2);
    }),
  );

  it.each([
    ['3600', 3590, 3600],
    [() => new Date(Date.now() + 7_200_000).toUTCString(), 7100, 7200],
    ['9999999999', 86_390, 86_400],
    ['1', 4, 10],
    [() => new Date(0).toUTCString(), 4, 10],
    ['-5', 4, 10],
    ['soon', 4, 10],
  ])('with Retry-After %s waits so long, a day at most, and never less than else', (value, least, most) =>
    withWebhook(['user.created'], async (webhook) => {
      const retryAfter = typeof value === 'string' ? value : value();
      receiver.answer(webhook.path, (response) => void response.writeHead(503, { 'retry-after': retryAfter }).end());
      await hooks.newUser('acme');
      await hooks.deliver();
      const [row] = await hooks.rows(webhook);
      expect(row).toMatchObject({ state: 'queued', attempts: 1, status: 503 });
      expect(row?.wait_seconds).toBeGreaterThanOrEqual(least);
      expect(row?.wait_seconds).toBeLessThanOrEqual(most);
    }),
  );

  it('because it is down does not change readiness, and gets it when it is back', async () => {
    const port = await freePort();
    const webhook = await hooks.make('acme', ['user.created'], { url: `http://127.0.0.1:${port}/back` });
    await hooks.newUser('acme');
    await hooks.deliver();
    expect(await hooks.rows(webhook)).toMatchObject([
      { state: 'queued', status: null, error: expect.stringContaining('ECONNREFUSED') as unknown },
    ]);
    expect((await fetch(`${platform.url}/health/ready`)).status).toBe(200);
    const back = await WebhookReceiver.start(port);
    await hooks.advance();
    await hooks.deliver();
    verify(webhook.secret, await back.first('/back'));
    await back.stop();
    await hooks.remove('acme', webhook);
  });

  it('because it answers 410 is disabled, and says so', () =>
    withWebhook(['user.created'], async (webhook) => {
      receiver.answer(webhook.path, 410);
      await hooks.newUser('acme');
      await hooks.deliver();
      expect(await shown(webhook)).toMatchObject({ enabled: false, disabled_reason: 'gone' });
      expect(await hooks.rows(webhook)).toMatchObject([{ state: 'failed', attempts: 1, status: 410 }]);
      const { data } = await platform.operator.get<{ data: object[] }>(
        '/tenants/acme/audit-events?type=webhook.disabled&limit=1',
      );
      expect(data).toMatchObject([{ target: `webhook:${webhook.id}`, details: { reason: 'gone' } }]);
      await hooks.newUser('acme');
      await hooks.deliver();
      expect(receiver.at(webhook.path)).toHaveLength(1);
      expect(await enable(webhook)).toMatchObject({ enabled: true, disabled_reason: null, failing_since: null });
    }));

  it('for three days is disabled; what waited can be replayed', () =>
    withWebhook(['user.created'], async (webhook) => {
      const since = new Date(Date.now() - 60_000).toISOString();
      receiver.answer(webhook.path, 503);
      await hooks.newUser('acme');
      await hooks.deliver();
      await hooks.newUser('acme');
      await failingFor('71 hours', webhook);
      await hooks.deliver();
      expect(await shown(webhook)).toMatchObject({ enabled: true });
      await failingFor('73 hours', webhook);
      await hooks.advance('1 minute');
      await hooks.deliver();
      expect(await shown(webhook)).toMatchObject({ enabled: false, disabled_reason: 'failing' });
      await hooks.newUser('acme'); // missed
      await hooks.advance();
      await hooks.deliver();
      const error = 'The webhook was disabled.';
      expect(await hooks.rows(webhook)).toMatchObject([
        { state: 'failed', error },
        { state: 'failed', error },
      ]);
      receiver.answer(webhook.path, 204);
      await enable(webhook);
      const at = `/tenants/acme/webhooks/${webhook.id}/replay`;
      const replayed = (await platform.operator.request('POST', at, { since })).json<{ queued: number }>();
      await hooks.deliver();
      const rows = await hooks.rows(webhook);
      expect([rows.length >= 3, replayed.queued]).toEqual([true, rows.length]);
      expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['delivered']));
      expect((await platform.operator.request('POST', at, { since })).json()).toEqual({ queued: 0, next_since: null });
      const all = (await platform.operator.request('POST', at, { since, all: true })).json<{ queued: number }>();
      expect(all.queued).toBe(rows.length);
    }));

  it('ten times in three days is given up', () =>
    withWebhook(['user.created'], async (webhook) => {
      receiver.answer(webhook.path, 500);
      await hooks.newUser('acme');
      await hooks.deliver();
      await platform.database.query('UPDATE webhook_deliveries SET attempts = 8 WHERE endpoint_id = $1', [webhook.id]);
      await hooks.advance();
      await hooks.deliver();
      expect(await hooks.rows(webhook)).toMatchObject([{ state: 'queued', attempts: 9 }]);
      await hooks.advance();
      await hooks.deliver();
      expect(await hooks.rows(webhook)).toMatchObject([{ state: 'failed', attempts: 10, status: 500 }]);
      expect(RETRY_WAITS.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(3 * 86_400);
    }));

  it('but hangs holds up nobody else', () =>
    withWebhook(['user.created'], async (webhook) => {
      const gate = new EventEmitter();
      receiver.answer(webhook.path, async (response) => {
        await once(gate, 'open');
        response.writeHead(204).end();
      });
      for (let count = 0; count < 6; count += 1) await hooks.newUser('acme');
      const delivering = hooks.deliver();
      await receiver.first(webhook.path);
      await withWebhook(['user.created'], async ({ path }) => {
        await hooks.newUser('acme');
        await receiver.first(path);
        expect(receiver.at(webhook.path).length).toBeLessThan(4);
      });
      receiver.answer(webhook.path, 204);
      gate.emit('open');
      await delivering;
      await hooks.deliver();
      expect(new Set((await hooks.rows(webhook)).map(({ state }) => state))).toEqual(new Set(['delivered']));
    }));
});

describe('a process that is killed', () => {
  /** What a claim leaves when nobody works on it. */
  async function claimAndDie({ id }: MadeWebhook): Promise<{ id: string; claim: string }> {
    const [row] = await platform.database.query<{ id: string; claim: string }>(
      `UPDATE webhook_deliveries SET claim = gen_random_uuid(), attempts = attempts + 1, due_at = now() + interval '2 minutes'
        WHERE endpoint_id = $1 AND state = 'queued' RETURNING id, claim`,
      [id],
    );
    return row ?? { id: '', claim: '' };
  }

  it('in the middle of an attempt leaves it to another one, and cannot end that one’s', () =>
    withWebhook(['user.created'], async (webhook) => {
      receiver.answer(webhook.path, 500);
      await hooks.newUser('acme');
      await hooks.deliver();
      const first = { endpointId: webhook.id, ...(await claimAndDie(webhook)) };
      receiver.answer(webhook.path, 204);
      await hooks.deliver();
      expect(receiver.at(webhook.path)).toHaveLength(1); // the lease has not ended
      await claimAndDie(webhook);
      const queue = platform.application.nest.get(WebhookQueueRepository);
      const tenantId = toTenantId(acme.id);
      expect(await queue.find(tenantId, first)).toBeUndefined();
      expect(await queue.deliver(tenantId, first, 204)).toBe(false);
      expect(await queue.fail(tenantId, first, { status: 1, error: '', waitSeconds: 1 })).toBeUndefined();
      await hooks.advance('1 hour');
      await hooks.deliver();
      expect(receiver.at(webhook.path)).toHaveLength(2);
      expect(await hooks.rows(webhook)).toMatchObject([{ state: 'delivered' }]);
    }));
});

describe('what waits', () => {
  it('waits on while its tenant is suspended', () =>
    withWebhook(
      ['user.created', 'tenant.updated'],
      async (webhook) => {
        await platform.operator.patch('/tenants/globex', { status: 'suspended' });
        await hooks.deliver();
        expect(receiver.at(webhook.path)).toEqual([]);
        expect(await hooks.rows(webhook)).toMatchObject([{ type: 'tenant.updated', state: 'queued', attempts: 0 }]);
        await platform.operator.patch('/tenants/globex', { status: 'active' });
        await hooks.deliver();
        expect(receiver.at(webhook.path).length).toBeGreaterThan(0);
      },
      'globex',
    ));

  it('is forgotten with its endpoint, and with its tenant', async () => {
    const slug = `t-${randomUUID()}`;
    const { id: tenantId } = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: 'T' });
    const kept = await hooks.make(slug, []);
    const gone = await hooks.make(slug, []);
    for (const { path } of [kept, gone]) receiver.answer(path, 500);
    await hooks.newUser(slug);
    await hooks.deliver();
    await hooks.remove(slug, gone);
    expect(await hooks.rows(gone)).toEqual([]);
    expect((await hooks.rows(kept)).length).toBeGreaterThan(0);
    await platform.operator.patch(`/tenants/${slug}`, { status: 'suspended' });
    expect((await platform.operator.request('DELETE', `/tenants/${slug}?immediately=true`)).status).toBe(200);
    await hooks.deliver();
    const text = 'SELECT FROM webhook_deliveries WHERE tenant_id = $1';
    expect(await platform.database.query(text, [tenantId])).toEqual([]);
  });

  it('of an endpoint that is gone is forgotten, when an event was stored at that moment', async () => {
    const endpoint = { id: randomUUID() };
    await platform.database.query(
      `INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at)
       VALUES ($1, $2, gen_random_uuid(), 'user.created', now())`,
      [acme.id, endpoint.id],
    );
    await hooks.deliver();
    expect(await hooks.rows(endpoint)).toEqual([]);
  });

  it('is given up when the log has forgotten the event', () =>
    withWebhook(['user.created'], async (webhook) => {
      receiver.answer(webhook.path, 500);
      await hooks.newUser('acme');
      await hooks.deliver();
      await platform.database.query(
        `UPDATE webhook_deliveries SET id = gen_random_uuid(), due_at = now() WHERE endpoint_id = $1`,
        [webhook.id],
      );
      await hooks.deliver();
      expect(await hooks.rows(webhook)).toMatchObject([
        { state: 'failed', error: 'The log does not have the event any more.' },
      ]);
    }));
});

// The last one: in one process the second platform takes over the management API of the first.
describe('two processes', () => {
  it('deliver each event once', async () => {
    const webhook = await hooks.make('acme', ['user.signed_out']);
    const beside = await startPlatform({ beside: platform });
    const tenantId = toTenantId(acme.id);
    const targets = Array.from({ length: 40 }, () => randomUUID());
    const recorder = platform.application.nest.get(AuditRecorder);
    for (const target of targets) recorder.record({ tenantId, type: 'user.signed_out', outcome: 'success', target });
    await Promise.all([hooks.deliver(), hooks.deliver(beside)]);
    await hooks.deliver();
    await beside.stop();
    const received = receiver.at(webhook.path).map(({ payload }) => String(payload.data['target']));
    expect(received.sort()).toEqual(targets.sort());
  });
});
