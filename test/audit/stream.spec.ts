import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { toTenantId } from '../../src/database/tenant-id.js';
import { AuditStream } from '../../src/management/audit-events/audit-stream.js';
import { AuditStreams } from '../../src/management/audit-events/audit-streams.js';
import { EventStream } from '../support/event-stream.js';
import { pullAll } from '../support/followed-log.js';
import { send } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { ManagementClient } from '../support/management-client.js';
import { type Pair, startPair } from '../support/pair.js';
import { expectProblem } from '../support/problems.js';
import { signAsTenant } from '../support/sign-as-tenant.js';

let platform: Pair;
let admin: ManagementClient;
const open: EventStream[] = [];
const AT = '/tenants/acme/audit-events/stream';

beforeAll(async () => {
  platform = await startPair();
  for (const slug of ['acme', 'globex']) {
    await platform.operator.create('/tenants', { slug, display_name: slug });
  }
  admin = await adminOf(platform, 'acme', 'audit:read');
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => platform.stop());

/** At the first process, or the second. */
async function follow(client = admin, query = '', { second = false, headers = {}, path = AT } = {}) {
  const stream = await EventStream.open(client, `${path}${query}`, { port: platform.ports[second ? 1 : 0], headers });
  open.push(stream);
  if (stream.response.statusCode === 200) await stream.until(({ lastEventId }) => lastEventId !== '');
  return stream;
}
const addGroup = (slug = 'acme', { operator } = platform as Pick<Pair, 'operator'>) =>
  operator.create<{ id: string }>(`/tenants/${slug}/groups`, { name: `group-${randomUUID()}` });
const targetsOf = ({ events }: EventStream) => events.map(({ target }) => target);
const seen = (id: string) => (stream: EventStream) => targetsOf(stream).includes(`group:${id}`);

describe('A stream', () => {
  it('sends what happens from now on, in any process, to the readers of its tenant alone', async () => {
    const here = await follow();
    const there = await follow(admin, '', { second: true });
    const other = await follow(platform.operator, '', { path: '/tenants/globex/audit-events/stream' });
    expect(here.response.headers).toMatchObject({
      'content-type': expect.stringContaining('text/event-stream'),
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const { id } = await addGroup();
    const last = await addGroup('globex', platform.second);
    for (const stream of [here, there]) await stream.until(seen(id));
    await other.until(seen(last.id));
    expect(targetsOf(other)).not.toContain(`group:${id}`);
    expect(targetsOf(here)).not.toContain(`group:${last.id}`);
    expect(here.events.find(({ target }) => target === `group:${id}`)).toMatchObject({ type: 'group.created' });
    expect(here.events[0]).not.toHaveProperty('tenant_id');
  });

  it('goes on after the last event at another process, without loss and without repetition', async () => {
    const first = await follow();
    const { next } = await pullAll(admin, 'acme');
    const made: string[] = [];
    const add = async () => void made.push(`group:${(await addGroup()).id}`);
    for (let turn = 0; turn < 3; turn += 1) await add();
    await first.until(({ events }) => events.length > 0);
    first.close();
    await first.ended();
    for (let turn = 0; turn < 60; turn += 1) await add();
    const second = await follow(admin, '?after=ignored', {
      second: true,
      headers: { 'last-event-id': first.lastEventId },
    });
    await second.until((stream) => targetsOf(stream).includes(made.at(-1) ?? ''));
    const groups = [...targetsOf(first), ...targetsOf(second)].filter((target) => target?.startsWith('group:'));
    expect(groups).toEqual(made);
    const pulled = await pullAll(admin, 'acme', { after: next, type: 'group.created' });
    expect(pulled.data.map(({ target }) => target)).toEqual(made);
  });

  it('has the cursors of a pull', async () => {
    const { next } = await pullAll(admin, 'acme');
    const { id } = await addGroup();
    const stream = await (await follow(admin, `?after=${next}`)).until(seen(id));
    expect((await pullAll(admin, 'acme', { after: stream.lastEventId })).data).toEqual([]);
  });

  it('sends what fits its filters', async () => {
    const stream = await follow(admin, '?type=group.deleted');
    const { id } = await addGroup();
    await platform.operator.request('DELETE', `/tenants/acme/groups/${id}`, undefined, { 'if-match': '*' });
    await stream.until(({ events }) => events.length > 0);
    expect(stream.events.map(({ type }) => type)).toEqual(['group.deleted']);
  });

  it('does not begin at a cursor that is none, or not of this log', async () => {
    const { next } = await pullAll(platform.operator, 'globex');
    for (const headers of [{}, { 'last-event-id': next }] as Record<string, string>[]) {
      const answer = await admin.request('GET', `${AT}?after=${next}`, undefined, headers);
      expectProblem(answer, 410, 'cursor-expired');
    }
    const answer = await admin.request('GET', AT, undefined, { 'last-event-id': 'x' });
    expect(expectProblem(answer, 400, 'validation-failed').detail).toContain('Last-Event-ID');
    expectProblem(await admin.request('GET', `${AT}?limit=1`), 400, 'validation-failed');
  });

  it('is one of few: of its tenant, and not of another', async () => {
    const streams = await Promise.all(Array.from({ length: 5 }, () => follow()));
    const refused = await admin.request('GET', AT);
    expectProblem(refused, 429, 'too-many-requests');
    expect(refused.headers['retry-after']).toBe('30');
    await follow(platform.operator, '', { path: '/tenants/globex/audit-events/stream' });
    const closing = streams.map(({ response }) => new Promise((resolve) => response.once('close', resolve)));
    for (const stream of streams) stream.close();
    await Promise.all(closing);
    const streamsHere = platform.application.nest.get(AuditStreams);
    while (streamsHere.count > 1) await new Promise(setImmediate);
    await follow();
  });

  it('is not kept open by HEAD', async () => {
    const answer = await send(`${platform.url}/api/v1${AT}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${admin.token}` },
    });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});

describe('A stream ends', () => {
  it('when its token expires', async () => {
    const claims = JSON.parse(Buffer.from(admin.token.split('.')[1] ?? '', 'base64url').toString()) as object;
    const { id } = await platform.operator.get<{ id: string }>('/tenants/acme');
    const exp = Math.floor(Date.now() / 1000) + 4;
    const token = await signAsTenant(platform, { id }, { ...claims, exp }, { typ: 'at+jwt' });
    const stream = await follow(new ManagementClient(platform.url, token));
    expect((await stream.ended()).reason).toBe('token_expired');
    expect(Date.now() / 1000).toBeGreaterThanOrEqual(exp);
  });

  it('when its client loses the permission, at another process', async () => {
    const lesser = await adminOf(platform, 'acme', 'audit:read users:read');
    const stream = await follow(lesser);
    const clientId = (
      JSON.parse(Buffer.from(lesser.token.split('.')[1] ?? '', 'base64url').toString()) as {
        client_id: string;
      }
    )['client_id'];
    await platform.second.operator.patch(`/tenants/acme/clients/${clientId}`, { permissions: [] });
    expect((await stream.ended()).reason).toBe('access_ended');
    const { id } = await addGroup();
    expect(targetsOf(stream)).not.toContain(`group:${id}`);
    expectProblem(await lesser.request('GET', AT), 401, 'authentication-required');
  });

  it('when the access grant of the operator ends', async () => {
    await platform.operator.create('/tenants', { slug: 'gated', display_name: 'Gated' });
    const owner = await adminOf(platform, 'gated', 'tenants:read tenants:write audit:read');
    await owner.patch('/tenants/gated', { policy: { operator_access: 'by_grant' } });
    const path = '/tenants/gated/audit-events/stream';
    expectProblem(await platform.operator.request('GET', path), 403, 'access-grant-required');
    const reason = { reason: 'To follow what happens.' };
    const { id } = await platform.operator.create<{ id: string }>('/tenants/gated/access-grants', reason);
    const stream = await follow(platform.operator, '', { path });
    const used = await pullAll(owner, 'gated', { type: 'access_grant.used' });
    expect(used.data.at(-1)).toMatchObject({ details: { path: `/api/v1${path}` } });
    await owner.request('DELETE', `/tenants/gated/access-grants/${id}`);
    expect((await stream.ended()).reason).toBe('access_ended');
    // Each look whether it still may is not a use.
    expect((await pullAll(owner, 'gated', { type: 'access_grant.used' })).data).toHaveLength(used.data.length);
  });

  it('when the tenant is suspended or deleted', async () => {
    await platform.operator.create('/tenants', { slug: 'brief', display_name: 'Brief' });
    const own = await adminOf(platform, 'brief', 'audit:read');
    const path = '/tenants/brief/audit-events/stream';
    const stream = await follow(own, '', { path });
    const ofOperator = await follow(platform.operator, '', { path });
    await platform.second.operator.patch('/tenants/brief', { status: 'suspended' });
    expect((await stream.ended()).reason).toBe('access_ended');
    await platform.second.operator.request('DELETE', '/tenants/brief?immediately=true');
    expect((await ofOperator.ended()).reason).toBe('access_ended');
  });

  it('when its process stops, for its reader to go on at another one', async () => {
    const stream = await follow(admin, '', { second: true });
    await platform.second.stop();
    expect((await stream.ended()).reason).toBe('shutdown');
    const { id } = await addGroup();
    await (await follow(admin, '', { headers: { 'last-event-id': stream.lastEventId } })).until(seen(id));
  });
});

describe('A reader that takes nothing', () => {
  const standing = { request: { headers: {}, method: 'GET' }, scope: 'audit:read', reach: 'people' } as never;
  const options = { tenantId: toTenantId(randomUUID()), filter: {}, standing, expiresAt: Date.now() + 3_600_000 };
  /** What the stream needs of an answer. */
  const answer = (full: boolean) => {
    const state = { writableNeedDrain: full, writableEnded: false, destroyed: false, written: '' };
    const methods = {
      status: () => result,
      set: () => result,
      type: () => result,
      write: (text: string) => void (state.written += text),
      destroy: () => void (state.destroyed = true),
    };
    const result = Object.assign(state, methods);
    return result;
  };

  it('is closed, and one that takes what it gets is kept', () => {
    const [slow, quick] = [answer(true), answer(false)];
    // Whole, for sums and differences to be exact.
    const now = Math.ceil(performance.now());
    for (const response of [slow, quick]) {
      const stream = new AuditStream(options, response as unknown as Response);
      stream.begin({ seq: 1, mark: 'A'.repeat(16) });
      for (const later of [0, 19_000, 20_000]) stream.tick(now + later);
    }
    expect([slow.destroyed, quick.destroyed]).toEqual([true, false]);
    expect(quick.written.match(/: heartbeat\nid: [\w-]+\n\n/g)?.length).toBeGreaterThan(1);
  });
});
