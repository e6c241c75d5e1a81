import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_WEBHOOKS } from '../../src/webhooks/webhook.js';
import { givenPlatform } from '../support/given.js';
import type { HttpAnswer } from '../support/http.js';
import { adminOf, operatorWith } from '../support/management-access.js';
import { expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { WebhookFixture } from '../webhooks/webhook-fixture.js';

const platform = givenPlatform();
let receiver: WebhookReceiver;
const hooks = new WebhookFixture(platform, () => receiver);
const AT = '/tenants/acme/webhooks';

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  for (const slug of ['acme', 'globex', 'full']) {
    await platform.operator.create('/tenants', { slug, display_name: slug });
  }
});
afterAll(() => receiver.stop());

const request = (method: string, path: string, body?: object, headers = {}): Promise<HttpAnswer> =>
  platform.operator.request(method, path, body, headers);

describe('a webhook', () => {
  it('shows its secret once, and keeps it sealed', async () => {
    const { id, secret } = await hooks.make('acme', ['user.*'], { description: 'CRM' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await request('GET', `${AT}/${id}`);
    expect(shown.json()).toMatchObject({ event_types: ['user.*'], description: 'CRM', enabled: true });
    for (const { text } of [shown, await request('GET', AT), await request('GET', '/tenants/acme/audit-events')]) {
      expect(text).toContain(id);
      expect(text).not.toContain('whsec_');
    }
    const [row] = await platform.database.query<{ secret: Buffer }>(
      'SELECT secret FROM webhook_endpoints WHERE id = $1',
      [id],
    );
    expect(row?.secret.length).toBeGreaterThan(secret.length);
    expect(row?.secret.toString('latin1')).not.toContain('whsec_');
  });

  it('is recorded without the query of its address, which may hold a token', async () => {
    const url = receiver.url('/with-token?token=hidden');
    const { id } = await hooks.make('acme', [], { url });
    expect((await request('GET', `${AT}/${id}`)).json()).toMatchObject({ url });
    const { text } = await request('GET', '/tenants/acme/audit-events?type=webhook.created');
    expect(text).toContain('/with-token');
    expect(text).not.toContain('hidden');
    await request('DELETE', `${AT}/${id}`);
  });

  it.each([
    ['url', 'http://hooks.example/', /https/],
    ['url', 'https://10.0.0.1/', /WEBHOOKS_ALLOWED_NETWORKS/],
    ['url', 'https://hooks.example:22/', /port/],
    ['url', 'javascript:alert(1)', /address/],
    ['url', 7, /address/],
    ['event_types', ['user'], /user\.\*/],
    ['event_types', ['*'], /user\.\*/],
    ['event_types', ['user.creatd'], /event-types/],
    ['event_types', ['usr.*'], /event-types/],
    ['event_types', 'user.created', /array/],
    ['event_types', ['user.created', 'user.created'], /twice/],
    ['description', 'two\nlines', /one line/],
    ['enabled', null, /boolean/],
    ['secret', 'whsec_mine', /should not exist|unknown|not/],
  ])('with %s %j is refused, and says why', async (member, value, detail) => {
    const body = { url: 'https://hooks.example/', [member]: value };
    const problem = expectProblem(await request('POST', AT, body), 400, 'validation-failed');
    expect(JSON.stringify(problem)).toMatch(detail);
  });

  it('is changed in the version that was read', async () => {
    const { id } = await hooks.make('acme', ['user.created'], { description: 'x' });
    const { etag } = (await request('GET', `${AT}/${id}`)).headers;
    expectProblem(await request('PATCH', `${AT}/${id}`, { event_types: null }), 428, 'version-required');
    const change = { event_types: null, description: null };
    const changed = await request('PATCH', `${AT}/${id}`, change, { 'if-match': String(etag) });
    expect(changed.json()).toMatchObject({ event_types: [], description: null, enabled: true });
    const again = await request('PATCH', `${AT}/${id}`, { description: 'y' }, { 'if-match': String(etag) });
    expectProblem(again, 412, 'version-mismatch');
    expectProblem(
      await request('PATCH', `${AT}/${id}`, { url: 'https://10.1.1.1/' }, { 'if-match': '*' }),
      400,
      'validation-failed',
    );
    expect((await request('PATCH', `${AT}/${id}`, { enabled: false })).json()).toMatchObject({ enabled: false });
    for (const [path, body] of [
      ['test', undefined],
      ['replay', { since: '2026-01-01T00:00:00Z' }],
    ] as const) {
      const refused = expectProblem(await request('POST', `${AT}/${id}/${path}`, body), 409, 'conflict');
      expect(refused.detail).toContain('enabled');
    }
    expect((await request('DELETE', `${AT}/${id}`)).status).toBe(204);
  });

  it('is one of a limited number, also when many are made at once', async () => {
    const at = '/tenants/full/webhooks';
    const body = { url: 'https://hooks.example/', event_types: ['api.created'] };
    const make = () => racingCall(platform.operator, 'POST', at, body);
    const answers = await race([platform.config.listen.port], times(MAX_WEBHOOKS + 5, make));
    expect(countStatuses(answers)).toEqual({ 201: MAX_WEBHOOKS, 409: 5 });
    const { data, page } = (await request('GET', `${at}?limit=15`)).json<{
      data: { id: string }[];
      page: { next: string };
    }>();
    const rest = (await request('GET', `${at}?limit=15&after=${page.next}`)).json<{ data: { id: string }[] }>();
    expect(new Set([...data, ...rest.data].map(({ id }) => id)).size).toBe(MAX_WEBHOOKS);
  });
});

describe('whoever decides where events go', () => {
  it('needs to be allowed to see them', async () => {
    const { id } = await hooks.make('acme', ['user.created']);
    await hooks.newUser('acme');
    await hooks.deliver();
    const [delivery] = await hooks.rows({ id });
    const blind = await operatorWith(platform, 'webhooks:read webhooks:write');
    const since = { since: '2026-01-01T00:00:00Z' };
    for (const [method, path, body] of [
      ['POST', AT, { url: receiver.url('/blind') }],
      ['PATCH', `${AT}/${id}`, { url: receiver.url('/blind') }],
      ['POST', `${AT}/${id}/rotate-secret`, {}],
      ['POST', `${AT}/${id}/replay`, since],
      ['POST', `${AT}/${id}/deliveries/${delivery?.id}/replay`, undefined],
    ] as const) {
      const refused = await blind.request(method, path, body, { 'if-match': '*' });
      expect(expectProblem(refused, 403, 'permission-denied').detail).toContain('audit:read');
    }
    expect((await blind.request('GET', `${AT}/${id}`)).status).toBe(200);
    expect((await blind.request('DELETE', `${AT}/${id}`)).status).toBe(204);
  });

  it('may be the tenant’s own administrator, and of no other tenant', async () => {
    const admin = await adminOf(platform, 'globex', 'webhooks:read webhooks:write audit:read');
    const body = { url: receiver.url('/globex') };
    const { id } = await admin.create<{ id: string }>('/tenants/globex/webhooks', body);
    const own = await hooks.make('acme', []);
    for (const path of [AT, `${AT}/${own.id}`, `/tenants/globex/webhooks/${own.id}`, `${AT}/${id}`]) {
      expectProblem(await admin.request('GET', path), 404, 'not-found');
    }
    expectProblem(await admin.request('POST', `/tenants/globex/webhooks/${own.id}/test`), 404, 'not-found');
    await hooks.remove('acme', own);
    await request('DELETE', `/tenants/globex/webhooks/${id}`);
  });
});

describe('a secret', () => {
  const rotate = (id: string, body: object) => request('POST', `${AT}/${id}/rotate-secret`, body);

  it('is rotated with an overlap, and not again before its end', async () => {
    const { id, secret } = await hooks.make('acme', []);
    const rotated = await rotate(id, {});
    const shown = rotated.json<{ secret: string; previous_secret_until: string }>();
    expect(shown.secret).not.toBe(secret);
    const hours = (Date.parse(shown.previous_secret_until) - Date.now()) / 3_600_000;
    expect([hours > 23, hours <= 24.1]).toEqual([true, true]);
    expect(expectProblem(await rotate(id, {}), 409, 'conflict').detail).toContain('overlap_hours 0');
    expect((await rotate(id, { overlap_hours: 0 })).json()).toMatchObject({ previous_secret_until: null });
    for (const overlap of [-1, 169, 1.5, '1']) {
      expectProblem(await rotate(id, { overlap_hours: overlap }), 400, 'validation-failed');
    }
    await request('DELETE', `${AT}/${id}`);
  });

  it('is rotated once by many at once, and a webhook is deleted once', async () => {
    const { id } = await hooks.make('acme', []);
    const calls = times(8, () => racingCall(platform.operator, 'POST', `${AT}/${id}/rotate-secret`, {}));
    const rotations = countStatuses(await race([platform.config.listen.port], calls));
    expect(rotations[200]).toBe(1);
    expect((rotations[409] ?? 0) + (rotations[412] ?? 0)).toBe(7);
    const deletions = times(8, () => racingCall(platform.operator, 'DELETE', `${AT}/${id}`));
    expect(countStatuses(await race([platform.config.listen.port], deletions))).toEqual({ 204: 1, 404: 7 });
  });
});

describe('a test message', () => {
  it('is answered with what the receiver says', async () => {
    const { id, path } = await hooks.make('acme', ['user.created']);
    const taken = await request('POST', `${AT}/${id}/test`);
    expect(taken.json()).toMatchObject({ type: 'webhook.test', state: 'delivered', status: 204, error: null });
    expect(receiver.at(path)[0]?.payload.data['webhook_id']).toBe(id);
    receiver.answer(path, 401);
    const refused = await request('POST', `${AT}/${id}/test`);
    const error = 'The receiver answered 401.';
    expect(refused.json()).toMatchObject({ state: 'queued', attempts: 1, status: 401, error });
    await request('DELETE', `${AT}/${id}`);
  });
});

describe('deliveries', () => {
  it('are listed by state and type, newest first, and sent again one by one', async () => {
    const { id, path } = await hooks.make('acme', ['user.created', 'user.deleted']);
    const at = `${AT}/${id}/deliveries`;
    /** The platform may have begun an attempt by itself. */
    const deliverAll = async () => {
      await hooks.deliver();
      while ((await hooks.rows({ id })).some(({ state }) => state === 'queued'));
    };
    receiver.answer(path, 410);
    await hooks.newUser('acme');
    await deliverAll();
    receiver.answer(path, 204);
    await platform.operator.patch(`${AT}/${id}`, { enabled: true });
    const users = [await hooks.newUser('acme'), await hooks.newUser('acme')];
    await request('DELETE', `/tenants/acme/users/${users[0]}`);
    await deliverAll();
    const list = async (query: string) =>
      await platform.operator.get<{ data: Record<string, unknown>[]; page: { next: string } }>(`${at}?${query}`);
    const types = async (query: string) => (await list(query)).data.map(({ type }) => type);
    expect(await types('')).toEqual(['user.deleted', 'user.created', 'user.created', 'user.created']);
    expect(await types('state=failed')).toEqual(['user.created']);
    expect(await types('state=delivered&type=user.deleted')).toEqual(['user.deleted']);
    const { page } = await list('limit=2');
    expect((await list(`limit=3&after=${page.next}`)).data).toHaveLength(2);
    expectProblem(await request('GET', `${at}?state=lost`), 400, 'validation-failed');
    expectProblem(await request('GET', `${at}?after=x`), 400, 'validation-failed');
    const [failed] = (await list('state=failed')).data;
    expect(failed).toMatchObject({ status: 410, attempts: 1, next_attempt_at: null });
    const replayed = await request('POST', `${at}/${String(failed?.['id'])}/replay`);
    expect(replayed.json()).toMatchObject({ id: failed?.['id'], state: 'queued', attempts: 0, status: null });
    await deliverAll();
    expect(await types('state=delivered')).toHaveLength(4);
    expectProblem(await request('POST', `${at}/${randomUUID()}/replay`), 404, 'not-found');
    expectProblem(await request('POST', `${at}/nothing/replay`), 404, 'not-found');
    await request('DELETE', `${AT}/${id}`);
    expectProblem(await request('GET', at), 404, 'not-found');
  });

  it.each([
    [{}, /since/],
    [{ since: 'yesterday' }, /2026/],
    [{ since: '2026-01-31T12:00:00Z', until: '2026-01-30T12:00:00Z' }, /until/],
    [{ since: '2026-01-31T12:00:00+99:99' }, /2026/],
    [{ since: '2026-01-31T12:00:00Z', all: 'yes' }, /boolean/],
  ])('are not replayed for %j', async (body, detail) => {
    const { id } = await hooks.make('acme', ['user.created']);
    const problem = expectProblem(await request('POST', `${AT}/${id}/replay`, body), 400, 'validation-failed');
    expect(JSON.stringify(problem)).toMatch(detail);
    await request('DELETE', `${AT}/${id}`);
  });
});
