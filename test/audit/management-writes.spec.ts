import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOf, listEvents } from '../support/audit.js';
import { adminOf } from '../support/management-access.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { getTokens } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const AT = '/tenants/acme';
const PASSWORD = 'violet harbour 42 lanterns';
const SECRET = 'an imported secret, long enough';

beforeAll(async () => {
  await getTokens(acme);
});

/** One write, what it needs beforehand, and the event it leaves. */
interface Write {
  readonly type: string;
  readonly method: string;
  readonly path: () => Promise<string>;
  readonly body?: object;
  /** The beginning of its target. */
  readonly target: string;
}

const made = async (resource: string, body: object, member = 'id') =>
  `${AT}/${resource}/${String((await platform.operator.create(`${AT}/${resource}`, body))[member])}`;
const client = () => made('clients', { grant_types: ['client_credentials'] }, 'client_id');
const user = () => made('users', { username: `u-${Math.random()}` });
const api = () => made('apis', { identifier: `https://${Math.random()}.test`, display_name: 'A' });
const secret = async () => {
  const path = await client();
  return `${path}/secrets/${String((await platform.operator.create(`${path}/secrets`, {}))['id'])}`;
};
const consent = async () => {
  const { data } = await platform.operator.get<{ data: { id: string }[] }>(`${AT}/consents`);
  return `${AT}/consents/${data[0]?.id}`;
};
const at = (path: string) => () => Promise.resolve(path);

const WRITES: readonly Write[] = [
  { type: 'tenant.updated', method: 'PATCH', path: at(AT), body: { display_name: 'New' }, target: 'tenant:' },
  {
    type: 'client.created',
    method: 'POST',
    path: at(`${AT}/clients`),
    body: { grant_types: ['client_credentials'], client_secret: SECRET },
    target: 'client:client-',
  },
  { type: 'client.updated', method: 'PATCH', path: client, body: { client_name: 'New' }, target: 'client:client-' },
  { type: 'client.deleted', method: 'DELETE', path: client, target: 'client:client-' },
  { type: 'client_secret.deleted', method: 'DELETE', path: secret, target: 'client:client-' },
  {
    type: 'client_secret.created',
    method: 'POST',
    path: async () => `${await client()}/secrets`,
    target: 'client:client-',
  },
  {
    type: 'user.created',
    method: 'POST',
    path: at(`${AT}/users`),
    body: { username: 'ada', password: PASSWORD },
    target: 'user:',
  },
  { type: 'user.updated', method: 'PATCH', path: user, body: { password: PASSWORD }, target: 'user:' },
  { type: 'user.deleted', method: 'DELETE', path: user, target: 'user:' },
  {
    type: 'api.created',
    method: 'POST',
    path: at(`${AT}/apis`),
    body: { identifier: 'https://b.test', display_name: 'B' },
    target: 'api:',
  },
  { type: 'api.updated', method: 'PATCH', path: api, body: { display_name: 'New' }, target: 'api:' },
  { type: 'api.deleted', method: 'DELETE', path: api, target: 'api:' },
  { type: 'keys.rotated', method: 'POST', path: at(`${AT}/keys/rotate`), body: { alg: 'EdDSA' }, target: 'keys:EdDSA' },
  { type: 'consent.withdrawn', method: 'DELETE', path: consent, target: 'consent:' },
];

describe('a write of the management API', () => {
  it.each(WRITES)('leaves one event: $type', async ({ type, method, path, body, target }) => {
    const where = await path();
    const requestIds: unknown[] = [];
    const [event, ...others] = await eventsOf(platform.operator, 'acme', async () => {
      const answer = await platform.operator.request(method, where, body, { 'if-match': '*' });
      expect([answer.text, answer.status < 300]).toEqual([expect.any(String), true]);
      requestIds.push(answer.headers['x-request-id'] ?? answer.headers['request-id']);
    });
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type,
      outcome: 'success',
      actor: 'client:operator@system',
      target: expect.stringContaining(target),
      address: '127.0.0.1',
      request_id: requestIds[0] ?? expect.stringMatching(/\S{8,}/),
    });
    if (body && type !== 'keys.rotated') expect(event?.details).toMatchObject({ changed: Object.keys(body) });
    expect(event).not.toHaveProperty('tenant_id');
  });

  it('keeps no secret in the log', async () => {
    const rows = await platform.database.query('SELECT * FROM audit_events');
    const text = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThan(WRITES.length);
    for (const secretText of [PASSWORD, SECRET, 'argon2', acme.secrets.web, platform.operator.token, 'eyJ']) {
      expect(text).not.toContain(secretText);
    }
  });

  it('says what changed, from what and to what, and nothing else', async () => {
    const path = await client();
    const person = await user();
    const resource = await api();
    const detailsOf = async (where: string, body: object) => {
      const [event] = await eventsOf(platform.operator, 'acme', () => platform.operator.patch(where, body));
      return event?.details;
    };
    expect(await detailsOf(path, { client_name: 'Newer', enabled: true })).toMatchObject({
      changed: ['client_name', 'enabled'],
      before: { client_name: null },
      after: { client_name: 'Newer' },
    });
    const { before, after } = (await detailsOf(path, { client_name: 'Newest' })) ?? {};
    expect([before, after]).toEqual([{ client_name: 'Newer' }, { client_name: 'Newest' }]);
    const policy = (await detailsOf(AT, { policy: { audit_retention_days: 100 } })) ?? {};
    expect([policy['before'], policy['after']]).toEqual([
      { policy: { audit_retention_days: null } },
      { policy: { audit_retention_days: 100 } },
    ]);
    expect(await detailsOf(person, { email: 'new@acme.test' })).toMatchObject({
      before: { email: null },
      after: { email: 'new@acme.test' },
    });
    expect(await detailsOf(resource, { display_name: 'Other' })).toMatchObject({
      before: { display_name: 'A' },
      after: { display_name: 'Other' },
    });
    const nothing = (await detailsOf(resource, { display_name: 'Other' })) ?? {};
    expect([nothing['changed'], nothing['before']]).toEqual([['display_name'], undefined]);
    const secret = (await detailsOf(person, { password: PASSWORD })) ?? {};
    expect([secret['changed'], secret['before']]).toEqual([['password'], { password_changed_at: null }]);
    expect(JSON.stringify(secret)).not.toMatch(/violet|argon2/);
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] };
    const keys = (await detailsOf(path, { jwks })) ?? {};
    expect([keys['changed'], JSON.stringify(keys)]).toEqual([['jwks'], expect.not.stringContaining('11qYAY')]);
    const [gone] = await eventsOf(platform.operator, 'acme', () =>
      platform.operator.request('DELETE', path, undefined, { 'if-match': '*' }),
    );
    expect(gone?.details).toMatchObject({ before: { client_name: 'Newest' } });
  });

  it('that is refused leaves none', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      await platform.operator.request('POST', `${AT}/users`, { username: 'alice' });
      await platform.operator.request('POST', `${AT}/users`, {});
      await platform.operator.request('PATCH', AT, { display_name: 'X' }, { 'if-match': '"v0"' });
    });
    expect(events).toEqual([]);
  });

  it('names the administrator of the tenant', async () => {
    const admin = await adminOf(platform, 'acme', 'users:write');
    const [event] = await eventsOf(platform.operator, 'acme', () => admin.create(`${AT}/users`, { username: 'hal' }));
    expect(event?.actor).toMatch(/^client:client-[0-9a-f-]+@acme$/);
  });
});

describe('tenants', () => {
  it('begin in their own log and end in the operators’', async () => {
    const { id } = await platform.operator.create('/tenants', { slug: 'brief', display_name: 'Brief' });
    const [first] = await listEvents(platform.operator, 'brief');
    expect(first).toMatchObject({
      type: 'tenant.created',
      target: `tenant:${String(id)}`,
      actor: 'client:operator@system',
    });
    const events = await eventsOf(platform.operator, 'system', async () => {
      await platform.operator.patch('/tenants/brief', { status: 'suspended' });
      await platform.operator.request('DELETE', '/tenants/brief?immediately=true');
    });
    expect(events.filter(({ type }) => type !== 'token.issued')).toEqual([
      expect.objectContaining({
        type: 'tenant.deleted',
        target: `tenant:${String(id)}`,
        details: expect.objectContaining({ slug: 'brief' }),
      }),
    ]);
  });
});

describe('what may not be done', () => {
  it.each([
    ['GET', '/tenants/acme/keys', 'scope keys:read'],
    ['GET', '/tenants/system/users', 'another tenant'],
  ])('leaves an event with the caller’s tenant: %s %s', async (method, path, reason) => {
    const admin = await adminOf(platform, 'acme', 'users:read');
    const events = await eventsOf(platform.operator, 'acme', () => admin.request(method, path));
    expect(events).toEqual([
      expect.objectContaining({ type: 'management.refused', outcome: 'failure', details: { method, reason } }),
    ]);
  });
});
