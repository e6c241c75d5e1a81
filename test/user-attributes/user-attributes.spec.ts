import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { operatorWith } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
givenTenant(platform, 'acme');

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  platform.operator.request(method, `${AT}${path}`, body, headers);
const define = (body: object) => platform.operator.create(`${AT}/user-attributes`, body);
const newUser = (attributes = {}) =>
  platform.operator.create<{ id: string; attributes: object }>(`${AT}/users`, {
    username: `user-${randomUUID()}`,
    attributes,
  });

describe('an attribute of users', () => {
  it('is defined, read, changed and removed', async () => {
    const body = {
      name: 'department',
      type: 'string',
      labels: { en: 'Department', de: 'Abteilung' },
      claim: { name: 'https://acme.example/department', scopes: ['profile', 'orders:read'], client_ids: ['web'] },
    };
    const made = await call('POST', '/user-attributes', body);
    const whole = {
      ...body,
      max_length: 200,
      max_items: 20,
      readable_by: ['admin'],
      editable_by: ['admin'],
      required_at: [],
      allowed_values: [],
      order: 0,
      claim: { ...body.claim, tokens: ['id_token', 'userinfo'], self_asserted: false },
    };
    expect([made.status, made.json()]).toEqual([201, whole]);
    const { etag = '' } = (await call('GET', '/user-attributes/department')).headers;
    expectProblem(await call('PATCH', '/user-attributes/department', { claim: null }), 428, 'version-required');
    const changed = await call(
      'PATCH',
      '/user-attributes/department',
      { claim: null, max_length: 10 },
      { 'if-match': etag },
    );
    expect(changed.json()).toEqual({ ...whole, claim: null, max_length: 10 });
    const stale = await call('PATCH', '/user-attributes/department', { labels: null }, { 'if-match': etag });
    expectProblem(stale, 412, 'version-mismatch');
    const { data } = await platform.operator.get<{ data: { name: string }[] }>(`${AT}/user-attributes`);
    expect(data.map(({ name }) => name)).toEqual(['department']);
    expect((await call('DELETE', '/user-attributes/department')).status).toBe(204);
    expectProblem(await call('GET', '/user-attributes/department'), 404, 'not-found');
    const events = (await listEvents(platform.operator, 'acme')).filter(({ type }) =>
      type.startsWith('user_attribute.'),
    );
    expect(events.map(({ type, target }) => [type, target])).toEqual(
      ['created', 'updated', 'deleted'].map((what) => [`user_attribute.${what}`, 'user_attribute:department']),
    );
    expect(events[1]?.details).toMatchObject({ before: { max_length: 200 }, after: { max_length: 10 } });
  });

  it.each([
    [{ type: 'string' }, '/name'],
    [{ name: 'Team', type: 'string' }, '/name'],
    [{ name: '__proto_', type: 'string' }, '/name'],
    [{ name: 'x'.repeat(64), type: 'string' }, '/name'],
    [{ name: 'team', type: 'date' }, '/type'],
    [{ name: 'team', type: ['string'] }, '/type'],
    [{ name: 'team', type: 'string', max_length: 1001 }, '/max_length'],
    [{ name: 'team', type: 'string', max_items: 0 }, '/max_items'],
    [{ name: 'team', type: 'string', labels: { english: 'Team' } }, '/labels'],
    [{ name: 'team', type: 'string', labels: { en: 'a\u202eb' } }, '/labels'],
    [{ name: 'team', type: 'string', labels: { en: { text: 'Team' } } }, '/labels'],
    [{ name: 'team', type: 'string', key: 'mine' }, '/key'],
    [{ name: 'team', type: 'string', claim: 'team' }, '/claim'],
    [{ name: 'team', type: 'string', claim: { name: 'team' } }, '/claim/scopes'],
    [{ name: 'team', type: 'string', claim: { name: 'a b', scopes: ['profile'] } }, '/claim/name'],
    [{ name: 'team', type: 'string', claim: { name: 'team', scopes: ['nothing:here'] } }, '/claim/scopes/0'],
    [{ name: 'team', type: 'string', claim: { name: 'team', scopes: ['profile', 'users:read'] } }, '/claim/scopes/1'],
    [{ name: 'team', type: 'string', claim: { name: 'team', scopes: ['offline_access'] } }, '/claim/scopes/0'],
    [{ name: 'team', type: 'string', claim: { name: 'team', scopes: ['profile'], tokens: [] } }, '/claim/tokens'],
    [{ name: 'team', type: 'string', claim: { name: 'team', scopes: ['profile'], tokens: ['code'] } }, '/claim/tokens'],
  ])('is not defined by %j', async (body, where) => {
    expectInvalid(await call('POST', '/user-attributes', body), where);
  });

  it.each([
    ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'acr', 'amr', 'azp', 'auth_time', 'at_hash', 'sid'],
    ...[
      'email',
      'email_verified',
      'preferred_username',
      'phone_number_verified',
      'updated_at',
      'groups',
      'roles',
      'scope',
    ],
    ...['client_id', 'cnf', 'act', 'events', 'permissions', 'Sub', 'EMAIL_VERIFIED'],
  ])('is not released as %s, which says something else', async (name) => {
    const body = { name: 'team', type: 'string', claim: { name, scopes: ['profile'] } };
    expectInvalid(await call('POST', '/user-attributes', body), '/claim/name');
  });

  it('has a name and a claim of its own, and stays what it is', async () => {
    const claim = { name: 'cost_center', scopes: ['openid'] };
    await define({ name: 'cost_center', type: 'number', claim });
    expectProblem(await call('POST', '/user-attributes', { name: 'cost_center', type: 'string' }), 409, 'conflict');
    expectInvalid(await call('POST', '/user-attributes', { name: 'other', type: 'string', claim }), '/claim/name');
    const retyped = await call('PATCH', '/user-attributes/cost_center', { type: 'string' }, { 'if-match': '*' });
    expectInvalid(retyped, '/type');
    await call('DELETE', '/user-attributes/cost_center');
  });

  it('is one of thirty at most, which fit into memory', async () => {
    await platform.operator.create('/tenants', { slug: 'many', display_name: 'Many' });
    const at = '/tenants/many/user-attributes';
    for (let made = 0; made < 30; made += 1) await platform.operator.create(at, { name: `a${made}`, type: 'string' });
    expectProblem(await platform.operator.request('POST', at, { name: 'more', type: 'string' }), 409, 'conflict');
    const tags = Array.from({ length: 20 }, (_, index) => `${String.fromCharCode(97 + index)}${'x'}`);
    const labels = Object.fromEntries(tags.map((tag) => [tag, 'L'.repeat(100)]));
    const statuses: number[] = [];
    for (let made = 0; made < 20; made += 1) {
      statuses.push(
        (await platform.operator.request('PATCH', `${at}/a${made}`, { labels }, { 'if-match': '*' })).status,
      );
    }
    expect(statuses).toContain(409);
  });

  it.each(['GET', 'POST'])('%s takes the scope for tenants', async (method) => {
    const lesser = await operatorWith(platform, 'users:read users:write branding:write');
    const body = method === 'POST' ? { name: 'team', type: 'string' } : undefined;
    expectProblem(await lesser.request(method, `${AT}/user-attributes`, body), 403, 'permission-denied');
  });
});

describe('values of users', () => {
  beforeAll(async () => {
    await define({ name: 'team', type: 'string', max_length: 10 });
    await define({ name: 'level', type: 'number' });
    await define({ name: 'contractor', type: 'boolean' });
    await define({ name: 'sites', type: 'string_list', max_items: 2 });
  });

  it('are kept, merged one by one, and removed by null', async () => {
    const { id, attributes } = await newUser({ team: 'Blue', level: 3.5, contractor: false, sites: ['Bern', 'Köln'] });
    expect(attributes).toEqual({ team: 'Blue', level: 3.5, contractor: false, sites: ['Bern', 'Köln'] });
    const changed = await platform.operator.patch(`${AT}/users/${id}`, { attributes: { team: null, sites: [] } });
    expect(changed['attributes']).toEqual({ level: 3.5, contractor: false, sites: [] });
    const untouched = await platform.operator.patch(`${AT}/users/${id}`, { nickname: 'Al' });
    expect(untouched['attributes']).toEqual(changed['attributes']);
    const event = (await listEvents(platform.operator, 'acme', 'user.updated')).find(
      ({ user_id: user }) => user === id,
    );
    expect(event?.details).toMatchObject({
      before: { attributes: { team: 'Blue' } },
      after: { attributes: { team: null } },
    });
  });

  it.each([
    [{ attributes: { unknown: 1 } }, '/attributes/unknown'],
    [{ attributes: { 'a/b': 1 } }, '/attributes/a~1b'],
    [{ attributes: { team: 7 } }, '/attributes/team'],
    [{ attributes: { team: '' } }, '/attributes/team'],
    [{ attributes: { team: 'x'.repeat(11) } }, '/attributes/team'],
    [{ attributes: { team: 'a\u200bb' } }, '/attributes/team'],
    [{ attributes: { team: 'a\nb' } }, '/attributes/team'],
    [{ attributes: { team: ['a'] } }, '/attributes/team'],
    [{ attributes: { team: { a: 1 } } }, '/attributes/team'],
    [{ attributes: { level: '3' } }, '/attributes/level'],
    [{ attributes: { level: 1e300 } }, '/attributes/level'],
    [{ attributes: { contractor: 'yes' } }, '/attributes/contractor'],
    [{ attributes: { sites: 'Bern' } }, '/attributes/sites'],
    [{ attributes: { sites: ['a', 'b', 'c'] } }, '/attributes/sites'],
    [{ attributes: { sites: ['a', 'a'] } }, '/attributes/sites'],
    [{ attributes: { sites: ['a', 1] } }, '/attributes/sites'],
    [{ attributes: null }, '/attributes'],
    [{ attributes: [] }, '/attributes'],
    [{ attributes: 'team' }, '/attributes'],
  ])('are not %j', async (body, where) => {
    expectInvalid(await call('POST', '/users', { username: `user-${randomUUID()}`, ...body }), where);
    const { id } = await newUser({ team: 'Blue' });
    expectInvalid(await call('PATCH', `/users/${id}`, body), where);
  });

  it('cannot take names that every object has', async () => {
    const text = '{"attributes":{"__proto__":"x"}}';
    const { id } = await newUser();
    expectProblem(await call('PATCH', `/users/${id}`, text), 400, 'malformed-request');
    expectInvalid(
      await call('PATCH', `/users/${id}`, { attributes: { propertyisenumerable: 'x' } }),
      '/attributes/propertyisenumerable',
    );
  });

  it('fit into a token all together', async () => {
    for (let made = 0; made < 5; made += 1) await define({ name: `long${made}`, type: 'string', max_length: 1000 });
    const attributes = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`long${n}`, 'x'.repeat(1000)]));
    expectInvalid(await call('POST', '/users', { username: randomUUID(), attributes }), '/attributes');
  });

  it('are gone with their definition, and do not come back with another one of its name', async () => {
    await define({ name: 'badge', type: 'string' });
    const { id } = await newUser({ badge: 'secret', team: 'Blue' });
    await call('DELETE', '/user-attributes/badge');
    expect((await platform.operator.get(`${AT}/users/${id}`))['attributes']).toEqual({ team: 'Blue' });
    await define({ name: 'badge', type: 'number' });
    expect((await platform.operator.get(`${AT}/users/${id}`))['attributes']).toEqual({ team: 'Blue' });
    const stored = () =>
      platform.database.query<{ text: string }>('SELECT attributes::text AS text FROM users WHERE id = $1', [id]);
    expect((await stored())[0]?.text).toContain('secret');
    await platform.operator.patch(`${AT}/users/${id}`, { attributes: { team: 'Red' } });
    expect((await stored())[0]?.text).not.toContain('secret');
  });

  it('are those of the tenant, whose attributes no other tenant has', async () => {
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    const body = { username: 'bob', attributes: { team: 'Blue' } };
    expectInvalid(await platform.operator.request('POST', '/tenants/globex/users', body), '/attributes/team');
  });
});
