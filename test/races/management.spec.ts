import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { basic, postForm } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { type RacingRequest, countStatuses, race, racingCall, times } from '../support/race.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

const AT_ONCE = 20;

let platform: Pair;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

describe('A creation that is sent twice at once', () => {
  it.each([
    ['tenant', '/tenants', { slug: 'initech', display_name: 'Initech' }],
    ['user name', '/tenants/acme/users', { username: 'bob' }],
    ['e-mail address', '/tenants/acme/users', { email: 'carol@acme.test' }],
    ['client identifier', '/tenants/acme/clients', { client_id: 'batch', grant_types: ['client_credentials'] }],
    ['API identifier', '/tenants/acme/apis', { identifier: 'https://once.acme.test', scopes: [] }],
  ])('makes one %s and calls the others a conflict', async (what, path, body) => {
    const unique = (index: number) => (what === 'e-mail address' ? { ...body, username: `carol${index}` } : body);
    const named = path.endsWith('/apis') ? { display_name: 'Once', access_token_format: 'jwt' } : {};
    const requests = times(AT_ONCE, (index) => call('POST', path, { ...named, ...unique(index) }));
    const answers = await race(platform.ports, requests);

    expect(countStatuses(answers)).toEqual({ 201: 1, 409: AT_ONCE - 1 });
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(answer.json()).toMatchObject({ type: 'urn:tenantry:problem:conflict', status: 409 });
    }
  });

  it('is done once under one Idempotency-Key, and answered alike when asked again', async () => {
    const body = { username: 'dave' };
    const headers = { 'idempotency-key': randomUUID() };
    const requests = times(AT_ONCE, () => call('POST', '/tenants/acme/users', body, headers));
    const answers = await race(platform.ports, requests);

    // Who asks while the first one is being worked on is told to come back; who comes later gets its answer.
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    const firsts = answers.filter((one) => one.status === 201 && one.headers['idempotent-replayed'] === undefined);
    expect(firsts.length).toBe(1);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.headers['retry-after']).toBe('1');

    const later = await race(platform.ports, requests.slice(0, 2));
    for (const answer of later) {
      expect([answer.status, answer.headers['idempotent-replayed']]).toEqual([201, 'true']);
      expect(answer.json()).toEqual(firsts[0]?.json());
    }
  });

  it('makes many under one Idempotency-Key each', async () => {
    const requests = times(AT_ONCE, (index) =>
      call('POST', '/tenants/acme/users', { username: `erin${index}` }, { 'idempotency-key': `erin-${index}` }),
    );
    expect(countStatuses(await race(platform.ports, requests))).toEqual({ 201: AT_ONCE });
  });
});

describe('A burst of changes', () => {
  it('queues and does not fail', async () => {
    const requests = times(60, (index) =>
      index % 2 === 0
        ? call('POST', '/tenants/acme/users', { username: `burst${index}` })
        : call('PATCH', '/tenants/acme/clients/machine', { enabled: true }),
    );
    const { 201: created, ...others } = countStatuses(await race(platform.ports, requests));
    expect(created).toBe(30);
    // Each change of the client is done, or told that another one came first.
    expect(Object.keys(others).filter((status) => status !== '200' && status !== '412')).toEqual([]);
  });

  it('makes no more APIs than a tenant can have', async () => {
    await createTenant(platform, 'full');
    const body = (index: number) => ({ identifier: `https://api${index}.full.test`, display_name: 'One of many' });
    for (let index = 2; index < 99; index += 1) await platform.operator.create('/tenants/full/apis', body(index));
    const answers = await race(
      platform.ports,
      times(10, (index) => call('POST', '/tenants/full/apis', body(100 + index))),
    );
    expect(countStatuses(answers)).toEqual({ 201: 1, 409: 9 });
  });
});

describe('RFC 9110 §13.1.1: changes of one version', () => {
  it.each([
    ['tenant', '/tenants/acme', (index: number) => ({ display_name: `Acme ${index}` })],
    ['client', '/tenants/acme/clients/web', (index: number) => ({ client_name: `Web ${index}` })],
  ])('lets one change of the %s win and no other be lost', async (_, path, bodyOf) => {
    const { headers } = await platform.operator.request('GET', path);
    const ifMatch = { 'if-match': String(headers.etag) };
    const answers = await race(
      platform.ports,
      times(AT_ONCE, (index) => call('PATCH', path, bodyOf(index), ifMatch)),
    );
    expect(countStatuses(answers)).toEqual({ 200: 1, 412: AT_ONCE - 1 });
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await platform.operator.get(path)).toMatchObject(bodyOf(winner));
  });
});

describe('The secrets of a client', () => {
  it('are two at most, however many are asked for at once', async () => {
    const path = '/tenants/acme/clients/machine/secrets';
    const answers = await race(
      platform.ports,
      times(AT_ONCE, () => call('POST', path, {})),
    );
    expect(countStatuses(answers)).toEqual({ 201: 1, 409: AT_ONCE - 1 });

    const added = String(answers.find(({ status }) => status === 201)?.json()['client_secret']);
    for (const secret of [acme.secrets.machine, added]) {
      const authorization = basic('machine', secret);
      const answer = await postForm(
        `${acme.issuer}/token`,
        { grant_type: 'client_credentials', scope: 'orders:read' },
        { authorization },
      );
      expect(answer.status).toBe(200);
    }
  });
});

describe('A deletion that is sent many times at once', () => {
  it.each([
    ['secret', '/tenants/acme/clients/other/secrets', {}],
    ['client', '/tenants/acme/clients', { client_id: 'short-lived', grant_types: ['client_credentials'] }],
    ['user', '/tenants/acme/users', { username: 'mallory' }],
    [
      'API',
      '/tenants/acme/apis',
      { identifier: 'https://gone.acme.test', display_name: 'Gone', scopes: [], access_token_format: 'jwt' },
    ],
  ])('deletes the %s once', async (_, path, body) => {
    const { id, client_id: clientId } = await platform.operator.create<Record<string, string>>(path, body);
    await expectOneDeletion(`${path}/${clientId ?? id}`);
  });

  it('deletes the tenant once, and records it once', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug: 'umbrella', display_name: 'U' });
    await platform.operator.patch('/tenants/umbrella', { status: 'suspended' });
    const answers = await race(
      platform.ports,
      times(AT_ONCE, () => call('DELETE', '/tenants/umbrella?immediately=true')),
    );
    const { 200: destroyed, ...others } = countStatuses(answers);
    expect(destroyed).toBe(1);
    // The others find it scheduled, or gone.
    for (const status of Object.keys(others)) expect(['404', '409']).toContain(status);
    const events = await listEvents(platform.operator, 'system', 'tenant.deleted');
    expect(events.map(({ target }) => target)).toEqual([`tenant:${id}`]);
  });
});

async function expectOneDeletion(path: string): Promise<void> {
  const answers = await race(
    platform.ports,
    times(AT_ONCE, () => call('DELETE', path)),
  );
  expect(countStatuses(answers)).toEqual({ 204: 1, 404: AT_ONCE - 1 });
}

function call(method: string, path: string, body?: object, headers: Record<string, string> = {}): RacingRequest {
  return racingCall(platform.operator, method, path, body, headers);
}
