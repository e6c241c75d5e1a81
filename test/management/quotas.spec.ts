import { beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { statement } from '../../src/database/statement.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { changesHeard } from '../support/changes-heard.js';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { adminOf } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
givenTenant(platform, 'globex');

interface Quotas {
  readonly quotas: Record<string, unknown>;
  readonly effective_quotas: Record<string, unknown>;
  readonly used: Record<'users' | 'clients' | 'apis', number>;
  readonly available: Record<string, number | null>;
}

const quotasOf = (slug: string) => platform.operator.get<Quotas>(`/tenants/${slug}/quotas`);
const limit = (slug: string, quotas: object) => platform.operator.patch<Quotas>(`/tenants/${slug}/quotas`, quotas);
const NONE = {
  users: null,
  clients: null,
  apis: null,
  mails_per_hour: null,
  token_requests: null,
  sign_ins: null,
  management_calls: null,
};

let serial = 0;
const newUser = () => ({ username: `user-${(serial += 1)}` });
const meanwhile = () => platform.operator.create<{ id: string }>('/tenants/acme/users', newUser());

beforeEach(async () => {
  for (const slug of ['acme', 'globex', 'system']) await limit(slug, NONE);
});

describe('The quotas of a tenant', () => {
  it('are none at first, and its use is counted', async () => {
    const { quotas, effective_quotas: effective, used, available } = await quotasOf('acme');
    expect(quotas).toEqual({});
    expect(effective).toEqual(NONE);
    const rows = await platform.database.query<{ users: number; clients: number; apis: number }>(
      `SELECT (SELECT count(*)::int FROM users WHERE tenant_id = $1) AS users,
              (SELECT count(*)::int FROM clients WHERE tenant_id = $1) AS clients,
              (SELECT count(*)::int FROM apis WHERE tenant_id = $1) AS apis`,
      [acme.id],
    );
    expect(used).toEqual(rows[0]);
    expect(available).toEqual({ token_requests: null, sign_ins: null, management_calls: null });
  });

  it('are set by operators, member by member, and each as a whole', async () => {
    await limit('acme', { users: 50, token_requests: { limit: 100, per: 'minute', burst: 10 } });
    const changed = await limit('acme', { token_requests: { limit: 60, per: 'second' }, clients: 'unlimited' });
    expect(changed.quotas).toEqual({
      users: 50,
      clients: 'unlimited',
      token_requests: { limit: 60, per: 'second' },
    });
    expect(changed.effective_quotas).toEqual({ ...NONE, users: 50, token_requests: { limit: 60, per: 'second' } });
    expect(changed.available['token_requests']).toBe(60);
    expect((await limit('acme', { users: null })).quotas).not.toHaveProperty('users');
  });

  it('have the defaults of tenant system, which has no limits itself', async () => {
    await limit('system', { users: 7, clients: 8 });
    await limit('acme', { clients: 30 });
    expect((await quotasOf('acme')).effective_quotas).toMatchObject({ users: 7, clients: 30, apis: null });
    expect((await quotasOf('system')).effective_quotas).toEqual(NONE);
  });

  it('are recorded with what was before', async () => {
    await limit('acme', { users: 50 });
    await limit('acme', { users: 60 });
    const event = (await listEvents(platform.operator, 'acme', 'tenant.quotas_changed')).at(-1);
    expect(event).toMatchObject({
      outcome: 'success',
      target: `tenant:${acme.id}`,
      details: { before: { users: 50 }, after: { users: 60 } },
    });
  });

  it('are seen by the administrators of the tenant, and never changed by them', async () => {
    const admin = await adminOf(platform, 'acme', 'tenants:read tenants:write');
    const { status, text } = await admin.request('GET', '/tenants/acme/quotas');
    expect([status, text]).toEqual([200, expect.stringContaining('effective_quotas')]);
    const raised = await admin.request('PATCH', '/tenants/acme/quotas', { users: 1000 }, { 'if-match': '*' });
    expectProblem(raised, 403, 'permission-denied');
    expectProblem(await admin.request('GET', '/tenants/globex/quotas'), 404, 'not-found');
    const whole = { quotas: { users: 'unlimited' } };
    expectInvalid(await admin.request('PATCH', '/tenants/acme', whole, { 'if-match': '*' }), '/quotas');
    expect((await quotasOf('acme')).quotas).toEqual({});
  });

  it('are changed in the version that was read', async () => {
    const path = '/tenants/acme/quotas';
    expectProblem(await platform.operator.request('PATCH', path, { users: 9 }), 428, 'version-required');
    const { headers } = await platform.operator.request('GET', path);
    const etag = String(headers.etag);
    const set = (users: number) => platform.operator.request('PATCH', path, { users }, { 'if-match': etag });
    expect((await set(99)).status).toBe(200);
    expectProblem(await set(98), 412, 'version-mismatch');
  });

  it.each([
    ['users', -1],
    ['users', 1.5],
    ['users', '5'],
    ['users', 1e12],
    ['users', []],
    ['clients', true],
    ['mails_per_hour', 0],
    ['token_requests', 5],
    ['token_requests', []],
    ['token_requests', { limit: 0, per: 'minute' }],
    ['token_requests', { limit: 5 }],
    ['token_requests', { limit: 5, per: 'day' }],
    ['token_requests', { limit: 5, per: 'toString' }],
    ['token_requests', { limit: 5, per: 'minute', burst: 51 }],
    ['token_requests', { limit: 5, per: 'minute', burst: null }],
    ['sign_ins', { limit: 5, per: 'minute', more: 1 }],
    ['management_calls', 'none'],
    ['passwords', 5],
  ])('are not %s: %j', async (member, value) => {
    const headers = { 'if-match': '*' };
    const answer = await platform.operator.request('PATCH', '/tenants/acme/quotas', { [member]: value }, headers);
    expectInvalid(answer, `/${member}`);
  });
});

describe('A tenant with as many as it may have', () => {
  it('gets no more users by the API, and is told what, how many and who can help', async () => {
    const { used } = await quotasOf('acme');
    await limit('acme', { users: used.users });
    const problem = expectProblem(
      await platform.operator.request('POST', '/tenants/acme/users', newUser()),
      409,
      'quota-exceeded',
    );
    expect(problem).toMatchObject({ quota: 'users', limit: used.users, used: used.users });
    expect(problem.detail).toContain('operator');
    expect((await quotasOf('acme')).used.users).toBe(used.users);

    const event = (await listEvents(platform.operator, 'acme', 'tenant.quota_reached')).at(-1);
    expect(event).toMatchObject({ outcome: 'failure', details: { quota: 'users', allowed: used.users } });
    // Another tenant is not touched.
    await platform.operator.create('/tenants/globex/users', newUser());
  });

  it('gets one more when one is deleted or the limit is raised', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', newUser());
    const { used } = await quotasOf('acme');
    await limit('acme', { users: used.users });
    expect((await platform.operator.request('DELETE', `/tenants/acme/users/${id}`)).status).toBe(204);
    await platform.operator.create('/tenants/acme/users', newUser());
    expectProblem(await platform.operator.request('POST', '/tenants/acme/users', newUser()), 409, 'quota-exceeded');
    await limit('acme', { users: used.users + 1 });
    await platform.operator.create('/tenants/acme/users', newUser());
  });

  it('keeps what it has under a lower limit, and changes it', async () => {
    await limit('acme', { users: 0, clients: 0, apis: 0 });
    expect((await platform.operator.request('GET', `/tenants/acme/users/${acme.aliceId}`)).status).toBe(200);
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { nickname: 'Al' });
  });

  it('gets no more clients and APIs', async () => {
    await limit('acme', { clients: 0, apis: 0 });
    const client = await platform.operator.request('POST', '/tenants/acme/clients', {
      grant_types: ['client_credentials'],
    });
    expect(expectProblem(client, 409, 'quota-exceeded')).toMatchObject({ quota: 'clients' });
    const api = { identifier: 'https://more.test', display_name: 'More', scopes: [], access_token_format: 'jwt' };
    const refused = await platform.operator.request('POST', '/tenants/acme/apis', api);
    expect(expectProblem(refused, 409, 'quota-exceeded')).toMatchObject({ quota: 'apis', limit: 0 });
  });

  it('is limited by the default, too', async () => {
    await limit('system', { users: 1 });
    await changesHeard(platform);
    expectProblem(await platform.operator.request('POST', '/tenants/acme/users', newUser()), 409, 'quota-exceeded');
    await platform.operator.create('/tenants/system/users', newUser());
  });

  it('does not remember a refusal under an Idempotency-Key', async () => {
    const { used } = await quotasOf('acme');
    const user = newUser();
    const create = () =>
      platform.operator.request('POST', '/tenants/acme/users', user, { 'idempotency-key': user.username });
    await limit('acme', { users: used.users });
    expectProblem(await create(), 409, 'quota-exceeded');
    await limit('acme', { users: used.users + 1 });
    expect((await create()).status).toBe(201);
  });

  it('without one nobody waits for a change that hangs, and what it undoes is not counted', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', newUser());
    const { used } = await quotasOf('acme');
    const database = platform.application.nest.get(Database);
    const deletion = statement('test.delete_user', 'DELETE FROM users WHERE tenant_id = $1 AND id = $2');
    const hanging = database.transaction(toTenantId(acme.id), async (transaction) => {
      await transaction.query(deletion, [acme.id, id]);
      // The other one is answered while this one is not committed.
      await platform.operator.create('/tenants/acme/users', newUser());
      await platform.operator.request('DELETE', `/tenants/acme/users/${(await meanwhile()).id}`);
      throw new Error('undone');
    });
    await expect(hanging).rejects.toThrow('undone');
    expect((await quotasOf('acme')).used.users).toBe(used.users + 1);
  });

  it('gives its last places to as many of fifty who ask at once', async () => {
    const { used } = await quotasOf('acme');
    await limit('acme', { users: used.users + 3 });
    const { port } = platform.config.listen;
    const requests = times(50, () => racingCall(platform.operator, 'POST', '/tenants/acme/users', newUser()));
    const counts = countStatuses(await race([port], requests));
    expect(counts[201]).toBe(3);
    expect(Object.keys(counts).filter((status) => !['201', '409', '503'].includes(status))).toEqual([]);
    const after = await quotasOf('acme');
    expect(after.used.users).toBe(used.users + 3);
    const [row] = await platform.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM users WHERE tenant_id = $1',
      [acme.id],
    );
    expect(row?.n).toBe(after.used.users);
  });
});

describe('A limit of mails', () => {
  it('is a ceiling above what the tenant chose', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { mail_tenant_hourly_limit: 1000 } });
    await limit('acme', { mails_per_hour: 2 });
    const send = () => platform.operator.request('POST', '/tenants/acme/mail/test', { to: 'ada@example.com' });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expectProblem(await send(), 429, 'too-many-requests');
    const event = (await listEvents(platform.operator, 'acme', 'mail.limited')).at(-1);
    expect(event?.details).toMatchObject({ reason: 'limit_of_tenant' });
  });
});

describe('A tenant that is deleted', () => {
  it('leaves no count and no rate', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug: 'gone', display_name: 'Gone' });
    await platform.operator.create('/tenants/gone/users', newUser());
    await limit('gone', { token_requests: { limit: 1, per: 'hour' } });
    await platform.database.query(
      `INSERT INTO tenant_rates VALUES ($1, 'tokenRequests', 1, now(), 1, now() + interval '1 hour')`,
      [id],
    );
    await platform.operator.patch('/tenants/gone', { status: 'suspended' });
    const { status } = await platform.operator.request('DELETE', '/tenants/gone?immediately=true');
    expect(status).toBe(200);
    expect(await platform.database.query('SELECT * FROM tenant_usage WHERE tenant_id = $1', [id])).toEqual([]);
    expect(await platform.database.query('SELECT * FROM tenant_rates WHERE tenant_id = $1', [id])).toEqual([]);
    expect(await platform.database.query('SELECT * FROM tenants WHERE id = $1', [id])).toEqual([]);
  });
});
