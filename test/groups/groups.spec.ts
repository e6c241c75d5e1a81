import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { operatorWith } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
givenTenant(platform, 'acme');

interface Group {
  readonly id: string;
  readonly name: string;
}

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  platform.operator.request(method, `${AT}${path}`, body, headers);
const newGroup = (name = `group-${randomUUID()}`) => platform.operator.create<Group>(`${AT}/groups`, { name });
const newUser = () =>
  platform.operator.create<{ id: string; username: string }>(`${AT}/users`, { username: `user-${randomUUID()}` });

async function add(group: Group, userId: string): Promise<void> {
  const answer = await call('PUT', `/groups/${group.id}/members/${userId}`);
  if (answer.status !== 200) throw new Error(answer.text);
}

const portOf = () => Number(new URL(platform.url).port);

/** What was recorded of the user's groups, oldest first. */
async function eventsOf(userId: string): Promise<unknown[]> {
  const events = await listEvents(platform.operator, 'acme');
  return events
    .filter(({ type, user_id: user }) => type.startsWith('group.') && user === userId)
    .map(({ type, details }) => [type, details]);
}

describe('a group', () => {
  it('is made, read, found by its name whatever the case, changed and deleted', async () => {
    const body = { name: 'Platform:Admins', display_name: 'Administrators', description: 'On call.' };
    const made = await call('POST', '/groups', body);
    expect([made.status, made.json()]).toEqual([201, expect.objectContaining(body)]);
    const at = `/groups/${String(made.json()['id'])}`;
    const found = await platform.operator.get<{ data: Group[] }>(`${AT}/groups?name=platform:ADMINS`);
    expect(found.data.map(({ name }) => name)).toEqual(['Platform:Admins']);
    expectProblem(await call('PATCH', at, { display_name: 'Others' }), 428, 'version-required');
    const { etag = '' } = (await call('GET', at)).headers;
    expect((await call('PATCH', at, { display_name: null }, { 'if-match': etag })).json()['display_name']).toBeNull();
    expectProblem(await call('PATCH', at, { description: null }, { 'if-match': etag }), 412, 'version-mismatch');
    expect((await call('DELETE', at)).status).toBe(204);
    expectProblem(await call('GET', at), 404, 'not-found');
  });

  it('has a name that no other group has, whatever its case', async () => {
    const { id } = await newGroup('Editors');
    const taken = await call('POST', '/groups', { name: 'editors' });
    expect(expectProblem(taken, 409, 'conflict').errors?.[0]?.pointer).toBe('/name');
    const other = await newGroup();
    expectProblem(
      await call('PATCH', `/groups/${other.id}`, { name: 'EDITORS' }, { 'if-match': '*' }),
      409,
      'conflict',
    );
    expect((await call('PATCH', `/groups/${id}`, { name: 'editors' }, { 'if-match': '*' })).status).toBe(200);
    await platform.operator.create('/tenants', { slug: 'namesake', display_name: 'Namesake' });
    await platform.operator.create('/tenants/namesake/groups', { name: 'editors' });
  });

  it.each([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: ' admins' }, '/name'],
    [{ name: 'admins ' }, '/name'],
    [{ name: 'аdmins' }, '/name'],
    [{ name: 'a\u200bdmins' }, '/name'],
    [{ name: 'a\ndmins' }, '/name'],
    [{ name: 'x'.repeat(65) }, '/name'],
    [{ name: ['admins'] }, '/name'],
    [{ name: { $ne: '' } }, '/name'],
    [{ name: 'fine', display_name: '' }, '/display_name'],
    [{ name: 'fine', display_name: 'a\u202eb' }, '/display_name'],
    [{ name: 'fine', description: 7 }, '/description'],
    [{ name: 'fine', members: [] }, '/members'],
    [{ name: 'fine', tenant_id: randomUUID() }, '/tenant_id'],
  ])('is not made of %j', async (body, where) => {
    expectInvalid(await call('POST', '/groups', body), where);
  });

  it.each([
    ['POST', '/groups'],
    ['GET', '/groups'],
    ['PUT', '/groups/:id/members/:user'],
    ['DELETE', '/groups/:id'],
  ])('%s %s takes the scope for users', async (method, path) => {
    const lesser = await operatorWith(platform, 'clients:write roles:write apis:write users:recover');
    const target = path.replace(/:\w+/g, () => randomUUID());
    expectProblem(
      await lesser.request(method, `${AT}${target}`, method === 'POST' ? { name: 'x' } : undefined),
      403,
      'permission-denied',
    );
  });
});

describe('members of a group', () => {
  it('are added once, listed page by page, and taken out', async () => {
    const group = await newGroup();
    const users = [await newUser(), await newUser(), await newUser()];
    for (const { id } of users) await add(group, id);
    await add(group, users[0]?.id ?? '');
    const [first, rest] = [1, 2].map(String);
    const page = await platform.operator.get<{ data: { username: string }[]; page: { next: string } }>(
      `${AT}/groups/${group.id}/members?limit=${first}`,
    );
    const more = await platform.operator.get<typeof page>(
      `${AT}/groups/${group.id}/members?limit=${rest}&after=${page.page.next}`,
    );
    expect([...page.data, ...more.data].map(({ username }) => username)).toEqual(users.map(({ username }) => username));
    const member = `/groups/${group.id}/members/${users[0]?.id}`;
    expect((await call('DELETE', member)).status).toBe(204);
    expectProblem(await call('DELETE', member), 404, 'not-found');
    const { data } = await platform.operator.get<{ data: object[] }>(`${AT}/users/${users[1]?.id}/groups`);
    expect(data).toEqual([
      expect.objectContaining({ group: group.name, group_id: group.id, added_by: expect.any(String) }),
    ]);
  });

  it('are recorded with the group that they joined and left', async () => {
    const group = await newGroup('recorded');
    const { id } = await newUser();
    await add(group, id);
    await add(group, id);
    await call('DELETE', `/groups/${group.id}/members/${id}`);
    const details = { group: 'recorded', group_id: group.id };
    expect(await eventsOf(id)).toEqual([
      ['group.member_added', { ...details, after: details }],
      ['group.member_removed', { ...details, before: details }],
    ]);
  });

  it('are users of the tenant, and groups are its own', async () => {
    const group = await newGroup();
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    const { id: stranger } = await platform.operator.create<Group>('/tenants/globex/users', { username: 'bob' });
    for (const user of [stranger, randomUUID(), 'nobody']) {
      expectProblem(await call('PUT', `/groups/${group.id}/members/${user}`), 404, 'not-found');
    }
    const there = `/tenants/globex/groups/${group.id}/members/${stranger}`;
    expectProblem(await platform.operator.request('PUT', there), 404, 'not-found');
  });

  it('go with the user and with the group, and neither takes the other along', async () => {
    const [group, other] = [await newGroup(), await newGroup()];
    const [kept, deleted] = [await newUser(), await newUser()];
    for (const { id } of [kept, deleted]) await add(group, id);
    await add(other, kept.id);
    expect((await call('DELETE', `/users/${deleted.id}`)).status).toBe(204);
    expect((await call('DELETE', `/groups/${group.id}`)).status).toBe(204);
    const { data } = await platform.operator.get<{ data: { group: string }[] }>(`${AT}/users/${kept.id}/groups`);
    expect(data.map((one) => one.group)).toEqual([other.name]);
  });

  describe('a user', () => {
    let groups: Group[];
    beforeAll(async () => {
      groups = [];
      for (let made = 0; made < 60; made += 1) groups.push(await newGroup());
    });

    it('is in fifty groups at most, also when all are given at once', async () => {
      const { id } = await newUser();
      const paths = groups.map((group) => `${AT}/groups/${group.id}/members/${id}`);
      const requests = paths.map((path) => racingCall(platform.operator, 'PUT', path));
      const { 200: added = 0, 409: refused = 0, 503: busy = 0 } = countStatuses(await race([portOf()], requests));
      expect(added + refused + busy).toBe(60);
      const { data } = await platform.operator.get<{ data: object[] }>(`${AT}/users/${id}/groups`);
      expect(data).toHaveLength(added);
      expect(added).toBeLessThanOrEqual(50);
    });

    it('is added once by many who add at once', async () => {
      const { id } = await newUser();
      const path = `${AT}/groups/${groups[0]?.id}/members/${id}`;
      const answers = await race(
        [portOf()],
        times(8, () => racingCall(platform.operator, 'PUT', path)),
      );
      expect(countStatuses(answers)).toEqual({ 200: 8 });
      expect(await eventsOf(id)).toHaveLength(1);
    });
  });
});
