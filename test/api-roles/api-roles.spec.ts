import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { operatorWith } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let apiId: string;

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  platform.operator.request(method, `${AT}${path}`, body, headers);
const newRole = (body = {}) =>
  platform.operator.create<{ id: string; name: string }>(`${AT}/api-roles`, {
    api_id: apiId,
    name: `role-${randomUUID()}`,
    ...body,
  });

beforeAll(async () => {
  const { data } = await platform.operator.get<{ data: { id: string; identifier: string }[] }>(`${AT}/apis`);
  apiId = data.find(({ identifier }) => identifier === acme.api)?.id ?? '';
});

describe('a role of an API', () => {
  it('is made, read, found, changed and deleted', async () => {
    const body = { api_id: apiId, name: 'editor', display_name: 'Editor', description: null, scopes: ['orders:read'] };
    const made = await call('POST', '/api-roles', body);
    expect([made.status, made.json()]).toEqual([201, expect.objectContaining(body)]);
    const at = `/api-roles/${String(made.json()['id'])}`;
    const query = `?api_id=${apiId}&name=editor`;
    expect((await platform.operator.get<{ data: object[] }>(`${AT}/api-roles${query}`)).data).toHaveLength(1);
    expectProblem(await call('POST', '/api-roles', body), 409, 'conflict');
    const { etag = '' } = (await call('GET', at)).headers;
    expectProblem(await call('PATCH', at, { scopes: null }), 428, 'version-required');
    expect((await call('PATCH', at, { scopes: null }, { 'if-match': etag })).json()['scopes']).toEqual([]);
    expectProblem(await call('PATCH', at, { name: 'x' }, { 'if-match': etag }), 412, 'version-mismatch');
    expect((await call('DELETE', at)).status).toBe(204);
    expectProblem(await call('GET', at), 404, 'not-found');
  });

  it.each([
    [{ name: '' }, '/name'],
    [{ name: 'a\u200bb' }, '/name'],
    [{ name: 'x'.repeat(65) }, '/name'],
    [{ api_id: 'orders' }, '/api_id'],
    [{ api_id: randomUUID() }, '/api_id'],
    [{ scopes: 'orders:read' }, '/scopes'],
    [{ scopes: ['orders:read', 'orders:read'] }, '/scopes'],
    [{ scopes: ['orders:read', 'stock:read'] }, '/scopes/1'],
    [{ scopes: ['users:write'] }, '/scopes/0'],
    [{ description: 7 }, '/description'],
    [{ tenant_id: randomUUID() }, '/tenant_id'],
  ])('is not made of %j', async (body, where) => {
    expectInvalid(await call('POST', '/api-roles', { api_id: apiId, name: 'fine', ...body }), where);
  });

  it('loses a scope that its API loses, and does not get it back with another one of that name', async () => {
    const scope = (name: string) => ({ name, description: 'Do it' });
    const identifier = `https://${randomUUID()}.test`;
    const { id } = await platform.operator.create<{ id: string }>(`${AT}/apis`, {
      identifier,
      display_name: 'A',
      scopes: [scope('a'), scope('b')],
    });
    const role = await newRole({ api_id: id, scopes: ['a', 'b'] });
    await platform.operator.patch(`${AT}/apis/${id}`, { scopes: [scope('a')] });
    await platform.operator.patch(`${AT}/apis/${id}`, { scopes: [scope('a'), scope('b')] });
    expect((await platform.operator.get(`${AT}/api-roles/${role.id}`))['scopes']).toEqual(['a']);
    expect((await call('DELETE', `/apis/${id}`)).status).toBe(204);
    expectProblem(await call('GET', `/api-roles/${role.id}`), 404, 'not-found');
  });
});

describe('who has a role', () => {
  it('are users, groups and clients of the tenant, each once', async () => {
    const role = await newRole();
    const group = await platform.operator.create<{ id: string }>(`${AT}/groups`, { name: `g-${randomUUID()}` });
    const holders = [`users/${acme.aliceId}`, `groups/${group.id}`, 'clients/machine'];
    for (const holder of [...holders, ...holders]) {
      expect((await call('PUT', `/api-roles/${role.id}/${holder}`)).status).toBe(200);
    }
    const { data } = await platform.operator.get<{ data: object[] }>(`${AT}/api-roles/${role.id}/assignments`);
    const nobody = { user_id: null, group_id: null, client_id: null };
    expect(data).toHaveLength(3);
    for (const one of [{ user_id: acme.aliceId }, { group_id: group.id }, { client_id: 'machine' }]) {
      expect(data).toContainEqual({ ...nobody, ...one, given_by: expect.any(String), created_at: expect.any(String) });
    }
    for (const holder of holders) expect((await call('DELETE', `/api-roles/${role.id}/${holder}`)).status).toBe(204);
    for (const holder of holders) {
      expectProblem(await call('DELETE', `/api-roles/${role.id}/${holder}`), 404, 'not-found');
    }
    const events = (await listEvents(platform.operator, 'acme')).filter(
      ({ details }) => details?.['api_role'] === role.name,
    );
    const targets = [`user:${acme.aliceId}`, `group:${group.id}`, 'client:machine'];
    expect(events.map(({ type, target }) => [type, target])).toEqual([
      ...targets.map((target) => ['api_role.given', target]),
      ...targets.map((target) => ['api_role.taken', target]),
    ]);
  });

  it('is nobody of another tenant', async () => {
    const role = await newRole();
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/users', { username: 'bob' });
    const { client_id: client } = await platform.operator.create<{ client_id: string }>('/tenants/globex/clients', {
      grant_types: ['client_credentials'],
    });
    for (const holder of [`users/${id}`, `users/nobody`, `groups/${id}`, `clients/${client}`, 'clients/%00']) {
      expect([holder, (await call('PUT', `/api-roles/${role.id}/${holder}`)).status]).toEqual([holder, 404]);
    }
    const there = `/tenants/globex/api-roles/${role.id}/users/${id}`;
    expectProblem(await platform.operator.request('PUT', there), 404, 'not-found');
  });

  it('is given it once by many who give it at once', async () => {
    const role = await newRole();
    const path = `${AT}/api-roles/${role.id}/users/${acme.aliceId}`;
    const requests = times(8, () => racingCall(platform.operator, 'PUT', path));
    const answers = await race([Number(new URL(platform.url).port)], requests);
    expect(countStatuses(answers)).toEqual({ 200: 8 });
    const { data } = await platform.operator.get<{ data: object[] }>(`${AT}/api-roles/${role.id}/assignments`);
    expect(data).toHaveLength(1);
  });

  it.each([
    ['POST', '', 'users:write clients:write apis:read'],
    ['PUT', '/users/alice', 'apis:write clients:write users:recover'],
    ['PUT', '/groups/some', 'apis:write clients:write users:read'],
    ['PUT', '/clients/machine', 'apis:write users:write clients:read'],
    ['GET', '/assignments', 'users:read clients:read'],
  ])('%s …%s takes the scope for it', async (method, path, scopes) => {
    const role = await newRole();
    const lesser = await operatorWith(platform, scopes);
    const target = path === '' ? `${AT}/api-roles` : `${AT}/api-roles/${role.id}${path}`;
    const body = method === 'POST' ? { api_id: apiId, name: 'x' } : undefined;
    expectProblem(await lesser.request(method, target, body), 403, 'permission-denied');
  });
});
