import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectInvalid } from '../support/problems.js';

interface Listed {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly page: {
    readonly next: string | null;
    readonly has_more: boolean;
    readonly estimated_total?: number;
    readonly total_precision?: string;
  };
}

const PEOPLE = [
  { username: 'Anna', email: 'anna.berg@example.com', name: 'Anna Berg', email_verified: true },
  { username: 'bob', email: 'Bob@Example.org', given_name: 'Robert', family_name: 'Ångström' },
  { username: 'carl', enabled: false },
  { username: 'an%_x', name: 'Dora Anderson' },
  { username: 'ZOË', email: 'zoe@example.com', name: 'Zoë Bergmann' },
];
const OF = '/tenants/acme/users';

const platform = givenPlatform();
const ids = new Map<string, string>();
let groupId: string;

beforeAll(async () => {
  const { operator } = platform;
  for (const slug of ['acme', 'globex']) await operator.create('/tenants', { slug, display_name: `${slug} Ltd` });
  for (const person of PEOPLE) ids.set(person.username, String((await operator.create(OF, person))['id']));
  await operator.create('/tenants/globex/users', { username: 'anna', name: 'Anna Globex' });
  groupId = String((await operator.create('/tenants/acme/groups', { name: 'Staff' }))['id']);
  await operator.request('PUT', `/tenants/acme/groups/${groupId}/members/${ids.get('carl')}`);
  await operator.request('PUT', `${OF}/${ids.get('bob')}/roles/auditor`);
  for (const id of ['shop', 'shop-admin', 'till']) {
    const client = { client_id: id, client_name: `The ${id}`, grant_types: ['client_credentials'] };
    await operator.create('/tenants/acme/clients', client);
  }
});

const get = (path: string) => platform.operator.get<Listed>(path);
const names = async (query: string) => (await get(`${OF}?${query}`)).data.map(({ username }) => username);

describe('GET /users', () => {
  it.each([
    ['search=ann', ['Anna']],
    ['search=AN', ['an%_x', 'Anna']],
    ['search=an%25', ['an%_x']],
    ['search=berg', ['Anna', 'ZOË']],
    ['search=bob%40EX', ['bob']],
    ['search=%C3%A5ng', ['bob']],
    ['search=zo%C3%AB', ['ZOË']],
    ['search=anna.berg%40example.com', ['Anna']],
    ['search=globex', []],
    ['search=an&enabled=true', ['an%_x', 'Anna']],
    ['search=carl&enabled=true', []],
    ['enabled=false', ['carl']],
    ['email_verified=true', ['Anna']],
    ['role=auditor', ['bob']],
    ['identifier=BOB%40example.org', ['bob']],
    ['sort=username', ['an%_x', 'Anna', 'bob', 'carl', 'ZOË']],
    ['sort=-username', ['ZOË', 'carl', 'bob', 'Anna', 'an%_x']],
    ['sort=-created_at', ['ZOË', 'an%_x', 'carl', 'bob', 'Anna']],
    ['sort=name&role=auditor', ['bob']],
    ['created_until=2020-01-01T00:00:00Z', []],
  ])('?%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('finds by a group, by the beginning of an id, and by when they were made', async () => {
    expect(await names(`group_id=${groupId}`)).toEqual(['carl']);
    expect(await names(`group_id=${groupId}&enabled=true`)).toEqual([]);
    expect(await names(`search=${ids.get('bob')}`)).toEqual(['bob']);
    expect(await names(`search=${ids.get('bob')?.slice(0, -3)}&limit=200`)).toContain('bob');
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await names(`created_since=${since}&sort=created_at`)).toHaveLength(PEOPLE.length);
    expect(await names(`created_since=${new Date(Date.now() + 3_600_000).toISOString()}`)).toEqual([]);
  });

  it.each(['search=an', 'sort=username', 'sort=-email', 'sort=-created_at', 'enabled=true', 'search=e&enabled=true'])(
    '?%s is read page by page, everything once and in order',
    async (query) => {
      const all = await names(query);
      const seen: unknown[] = [];
      for (let after = ''; ;) {
        const { data, page } = await get(`${OF}?${query}&limit=1&after=${after}`);
        seen.push(...data.map(({ username }) => username));
        if (page.next === null) break;
        after = page.next;
      }
      expect(seen).toEqual(all);
    },
  );

  it('says how many there are when it is asked', async () => {
    expect((await get(`${OF}?total=true&limit=1`)).page).toMatchObject({
      estimated_total: 5,
      total_precision: 'exact',
    });
    expect((await get(`${OF}?total=true&search=an`)).page).toMatchObject({
      estimated_total: 2,
      total_precision: 'exact',
    });
    expect((await get(OF)).page).not.toHaveProperty('estimated_total');
  });

  it.each([
    ['sort=password', 'sort'],
    ['sort=username&search=a', 'sort'],
    ['search=', 'search'],
    ['search=%20', 'search'],
    [`search=${'a'.repeat(101)}`, 'search'],
    ['search=%00', 'search'],
    ['enabled=yes', 'enabled'],
    ['total=1', 'total'],
    ['role=Not%20a%20role', 'role'],
    ['group_id=staff', 'group_id'],
    ['created_since=yesterday', 'created_since'],
    ['created_since=2026-01-01T00:00:00%2B99:99', 'created_since'],
    ['status=active', 'status'],
  ])('refuses ?%s', async (query, parameter) => {
    expectInvalid(await platform.operator.request('GET', `${OF}?${query}`), parameter);
  });
});

describe('A cursor', () => {
  it('belongs to its list, its order and its filters', async () => {
    const { page } = await get(`${OF}?limit=1&sort=username`);
    const after = String(page.next);
    expect((await get(`${OF}?limit=2&sort=username&after=${after}`)).data).toHaveLength(2);
    const { id } = await platform.operator.get<{ id: string }>('/tenants/acme');
    expect((await get(`/tenants/${id}/users?limit=2&sort=username&after=${after}`)).data).toHaveLength(2);
    const others = [`${OF}?limit=1`, `${OF}?sort=email`, `${OF}?sort=username&enabled=true`];
    others.push('/tenants/globex/users?sort=username', '/tenants?limit=1', '/tenants/acme/consents?limit=1');
    for (const other of others) {
      const path = `${other}${other.includes('?') ? '&' : '?'}after=${after}`;
      expectInvalid(await platform.operator.request('GET', path), 'after');
    }
  });
});

describe('Other lists', () => {
  it.each([
    ['/tenants?search=acm', 'slug', ['acme']],
    ['/tenants?search=GLOBEX%20l', 'slug', ['globex']],
    ['/tenants?sort=-slug&limit=1', 'slug', ['system']],
    ['/tenants?status=suspended', 'slug', []],
    ['/tenants/acme/clients?search=shop', 'client_id', ['shop', 'shop-admin']],
    ['/tenants/acme/clients?search=the%20t', 'client_id', ['till']],
    ['/tenants/acme/clients?sort=-client_id', 'client_id', ['till', 'shop-admin', 'shop']],
    ['/tenants/acme/clients?enabled=false', 'client_id', []],
    ['/tenants/acme/groups?search=STA', 'name', ['Staff']],
    ['/tenants/acme/groups?name=staff', 'name', ['Staff']],
    ['/tenants/acme/apis?search=nothing', 'identifier', []],
    ['/tenants/acme/invitations?search=a&status=pending', 'email', []],
  ])('%s', async (path, member, expected) => {
    expect((await get(path)).data.map((item) => item[member])).toEqual(expected);
  });

  it('estimate the number of tenants', async () => {
    expect((await get('/tenants?total=true')).page).toMatchObject({ estimated_total: 3, total_precision: 'exact' });
  });
});
