import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectInvalid } from '../support/problems.js';

interface Listed {
  readonly data: readonly Readonly<Record<string, string>>[];
  readonly page: { readonly next: string | null; readonly has_more: boolean };
}

const LISTS = {
  '/tenants': { member: 'id', body: (n: number) => ({ slug: `t-${n}`, display_name: 'T' }) },
  '/tenants/acme/clients': { member: 'client_id', body: () => ({ grant_types: ['client_credentials'] }) },
  '/tenants/acme/users': { member: 'id', body: (n: number) => ({ username: `u-${n}` }) },
  '/tenants/acme/apis': { member: 'id', body: (n: number) => ({ identifier: `https://${n}.test`, display_name: 'A' }) },
} as const;
const PATHS = Object.keys(LISTS) as (keyof typeof LISTS)[];
const ALL = [...PATHS, '/tenants/acme/consents', '/tenants/acme/audit-events'];

const platform = givenPlatform();

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
  for (const path of PATHS) for (let n = 0; n < 5; n += 1) await platform.operator.create(path, LISTS[path].body(n));
});

const page = (path: string, query: string) => platform.operator.get<Listed>(`${path}?${query}`);

describe.each(PATHS)('GET %s', (path) => {
  const { member } = LISTS[path];
  const idsOf = ({ data }: Listed) => data.map((item) => item[member]);

  it('is read to its end page by page, everything once', async () => {
    const all = await page(path, 'limit=200');
    expect(all.page).toEqual({ next: null, has_more: false });
    const seen: unknown[] = [];
    let after = '';
    for (;;) {
      const part: Listed = await page(path, `limit=2&after=${after}`);
      seen.push(...idsOf(part));
      expect(part.page.has_more).toBe(part.page.next !== null);
      if (part.page.next === null) break;
      expect(part.data).toHaveLength(2);
      after = part.page.next;
    }
    expect(seen).toEqual(idsOf(all));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('does not skip or repeat when something is added or removed between two pages', async () => {
    const first = await page(path, 'limit=2');
    const expected = idsOf(await page(path, 'limit=200')).slice(2);
    const added = await platform.operator.create<Record<string, string>>(path, LISTS[path].body(Date.now()));
    if (path !== '/tenants') await platform.operator.request('DELETE', `${path}/${idsOf(first)[1]}`);
    const rest = idsOf(await page(path, `limit=200&after=${first.page.next}`));
    expect(rest.filter((id) => id !== added[member])).toEqual(expected);
  });
});

describe.each(ALL)('the query of %s', (path) => {
  it.each([
    '0',
    '-1',
    '201',
    '1.5',
    'ten',
    '',
    '1e9',
    'NaN',
    '1&limit=2',
    '0x10',
    '0b11',
    '5.0',
    '%2B5',
    '%205',
    '%D9%A3',
    '9007199254740993',
    '1e400',
    'null',
  ])('refuses limit=%s', async (limit) => {
    expectInvalid(await platform.operator.request('GET', `${path}?limit=${limit}`), 'limit');
  });

  it.each(['nonsense', '%00', 'AAAA', 'A'.repeat(1001), 'x&after=y'])('refuses after=%s', async (after) => {
    expectInvalid(await platform.operator.request('GET', `${path}?after=${after}`), 'after');
  });

  it.each(['page=2', 'limit[]=1', 'after[$gt]=x'])('refuses ?%s', async (query) => {
    expectInvalid(await platform.operator.request('GET', `${path}?${query}`), query.split('=')[0] ?? '');
  });

  it('has 50 as the limit when there is none', async () => {
    const { data } = await page(path, '');
    expect(data.length).toBeLessThanOrEqual(50);
  });
});
