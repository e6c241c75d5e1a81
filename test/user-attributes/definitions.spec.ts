import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { operatorWith } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { getTokens } from '../support/tenant-fixture.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const call = (method: string, path: string, body?: unknown) =>
  platform.operator.request(method, `${AT}${path}`, body, method === 'PATCH' ? { 'if-match': '*' } : {});
const BY_USER = { readable_by: ['user', 'admin'], editable_by: ['user', 'admin'] };
const text = (more: object) => ({ name: 'team', type: 'string', ...more });
const claim = (more: object = {}) => ({ name: 'team', scopes: ['profile'], ...more });
const choices = (...values: unknown[]) => values.map((value) => ({ value }));

describe('who reads, edits and is asked for an attribute', () => {
  it.each<[object, string]>([
    [text({ readable_by: [] }), '/readable_by'],
    [text({ readable_by: ['everybody'] }), '/readable_by'],
    [text({ readable_by: 'user' }), '/readable_by'],
    [text({ readable_by: ['user', 'user'] }), '/readable_by'],
    [text({ editable_by: ['user'] }), '/editable_by'],
    [text({ readable_by: ['user'] }), '/editable_by'],
    [text({ editable_by: [{ user: true }] }), '/editable_by'],
    [text({ required_at: ['sign_in'] }), '/required_at'],
    [text({ ...BY_USER, required_at: ['always'] }), '/required_at'],
    [text({ ...BY_USER, required_at: 'sign_up' }), '/required_at'],
    [text({ order: -1 }), '/order'],
    [text({ order: 1.5 }), '/order'],
    [text({ order: '1' }), '/order'],
    [text({ allowed_values: ['a'] }), '/allowed_values'],
    [text({ allowed_values: choices('') }), '/allowed_values/0/value'],
    [text({ allowed_values: choices('a', 'a') }), '/allowed_values/1/value'],
    [text({ allowed_values: choices('a\u202eb') }), '/allowed_values/0/value'],
    [text({ allowed_values: choices(' a') }), '/allowed_values/0/value'],
    [text({ allowed_values: choices('abc'), max_length: 2 }), '/allowed_values/0/value'],
    [text({ allowed_values: [{ value: 'a', labels: { english: 'A' } }] }), '/allowed_values/0/labels'],
    [text({ allowed_values: [{ value: 'a', color: 'red' }] }), '/allowed_values/0/color'],
    [text({ allowed_values: choices(...Array.from({ length: 51 }, (_, at) => `v${at}`)) }), '/allowed_values'],
    [{ name: 'team', type: 'number', allowed_values: choices('1') }, '/allowed_values'],
    [{ name: 'team', type: 'boolean', allowed_values: choices('true') }, '/allowed_values'],
  ])('is not %j', async (body, where) => {
    expectInvalid(await call('POST', '/user-attributes', body), where);
  });

  it('stands in the order of the tenant', async () => {
    for (const [name, order] of Object.entries({ third: 3, first: 1, second: 2 })) {
      await platform.operator.create(`${AT}/user-attributes`, { name, type: 'string', order });
    }
    const names = async () =>
      (await platform.operator.get<{ data: { name: string }[] }>(`${AT}/user-attributes`)).data.map(({ name }) => name);
    expect(await names()).toEqual(['first', 'second', 'third']);
    await call('PATCH', '/user-attributes/first', { order: 9 });
    expect(await names()).toEqual(['second', 'third', 'first']);
    for (const name of await names()) await call('DELETE', `/user-attributes/${name}`);
  });
});

describe('an attribute that people edit', () => {
  it.each([
    'team_role',
    'https://acme.example/roles',
    'isAdmin',
    'userGroups',
    'resource_access',
    'upn',
    'acme:tenant',
  ])('never becomes the claim %s', async (name) => {
    const body = text({ ...BY_USER, claim: claim({ name, self_asserted: true }) });
    expectInvalid(await call('POST', '/user-attributes', body), '/claim/name');
    await platform.operator.create(`${AT}/user-attributes`, text({ claim: claim({ name }) }));
    expectInvalid(await call('PATCH', '/user-attributes/team', BY_USER), '/claim/name');
    await call('DELETE', '/user-attributes/team');
  });

  it('is released when the tenant says whose word it is, and not by the scope for groups', async () => {
    expectInvalid(await call('POST', '/user-attributes', text({ ...BY_USER, claim: claim() })), '/claim/self_asserted');
    expectInvalid(
      await call('POST', '/user-attributes', text({ ...BY_USER, claim: claim({ self_asserted: 'yes' }) })),
      '/claim/self_asserted',
    );
    const byGroups = claim({ scopes: ['profile', 'groups'], self_asserted: true });
    expectInvalid(await call('POST', '/user-attributes', text({ ...BY_USER, claim: byGroups })), '/claim/scopes/1');
    const made = await call('POST', '/user-attributes', text({ ...BY_USER, claim: claim({ self_asserted: true }) }));
    expect(made.json()).toMatchObject({ claim: { self_asserted: true } });
    await call('DELETE', '/user-attributes/team');
  });

  it('is never trusted afterwards, because its values stay', async () => {
    await platform.operator.create(`${AT}/user-attributes`, text(BY_USER));
    await call('PATCH', '/user-attributes/team', { editable_by: ['admin'] });
    expectInvalid(await call('PATCH', '/user-attributes/team', { claim: claim() }), '/claim/self_asserted');
    const privileged = claim({ name: 'team_role', self_asserted: true });
    expectInvalid(await call('PATCH', '/user-attributes/team', { claim: privileged }), '/claim/name');
    await call('DELETE', '/user-attributes/team');
    await platform.operator.create(`${AT}/user-attributes`, text({ claim: claim({ name: 'team_role' }) }));
    await call('DELETE', '/user-attributes/team');
  });

  it('is not released when an older version of this software dropped the mark', async () => {
    await platform.operator.create(
      `${AT}/user-attributes`,
      text({ ...BY_USER, claim: claim({ self_asserted: true }) }),
    );
    await platform.operator.patch(`${AT}/users/${acme.aliceId}`, { attributes: { team: 'Blue' } });
    await changesHeard(platform);
    const released = async () => decodeJwt(String((await getTokens(acme, { scope: 'openid profile' }))['id_token']));
    expect(await released()).toHaveProperty('team', 'Blue');
    await platform.database.query(
      `UPDATE tenants SET user_attributes = user_attributes #- '{0,claim,isSelfAsserted}' WHERE id = $1`,
      [acme.id],
    );
    await changesHeard(platform);
    expect(await released()).not.toHaveProperty('team');
    await call('DELETE', '/user-attributes/team');
  });
});

describe('administrators', () => {
  let user: string;
  beforeAll(async () => {
    const define = (name: string, more: object) =>
      platform.operator.create(`${AT}/user-attributes`, { name, type: 'string', ...more });
    await define('private', { readable_by: ['user'], editable_by: ['user'] });
    await define('nickname', { readable_by: ['user', 'admin'], editable_by: ['user'] });
    await define('frozen', { editable_by: [] });
    await define('level', { allowed_values: choices('gold', 'silver') });
    ({ id: user } = await platform.operator.create<{ id: string }>(`${AT}/users`, { username: 'bob' }));
    await platform.database.query(
      `UPDATE users SET attributes = (SELECT jsonb_object_agg(one->>'key', 'of ' || (one->>'name'))
         FROM tenants t, jsonb_array_elements(t.user_attributes) one WHERE t.id = users.tenant_id) WHERE id = $1`,
      [user],
    );
  });

  it('see what they may, and nothing else of it in the log', async () => {
    const { attributes } = await platform.operator.get<{ attributes: object }>(`${AT}/users/${user}`);
    expect(attributes).toEqual({ nickname: 'of nickname', frozen: 'of frozen', level: 'of level' });
    await platform.operator.patch(`${AT}/users/${user}`, { attributes: { level: 'gold' } });
    const { data } = await platform.operator.get<{ data: object[] }>(`${AT}/audit-events?user_id=${user}&limit=200`);
    expect(JSON.stringify(data)).toContain('gold');
    expect(JSON.stringify(data)).not.toContain('of private');
  });

  it.each([
    [{ private: 'x' }, '/attributes/private', 'is no attribute'],
    [{ private: null }, '/attributes/private', 'is no attribute'],
    [{ nickname: 'x' }, '/attributes/nickname', 'editable_by'],
    [{ frozen: null }, '/attributes/frozen', 'editable_by'],
    [{ level: 'bronze' }, '/attributes/level', 'must be one of "gold", "silver"'],
  ])('do not write %j', async (attributes, where, reason) => {
    const answer = await call('PATCH', `/users/${user}`, { attributes });
    expectInvalid(answer, where);
    expect(answer.text.replaceAll('\\"', '"')).toContain(reason);
  });

  it('write nothing with a lesser permission', async () => {
    const lesser = await operatorWith(platform, 'users:read tenants:read');
    const answer = await lesser.request('PATCH', `${AT}/users/${user}`, { attributes: { level: 'gold' } });
    expectProblem(answer, 403, 'permission-denied');
    const definition = await lesser.request('PATCH', `${AT}/user-attributes/level`, BY_USER, { 'if-match': '*' });
    expectProblem(definition, 403, 'permission-denied');
  });
});
