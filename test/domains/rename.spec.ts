import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import { askToken, codeAt } from './code-at.js';
import { adminOf } from '../support/management-access.js';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { ALICE_PASSWORD, type TenantFixture, createTenant } from '../support/tenant-fixture.js';

interface Renamed {
  readonly slug: string;
  readonly issuer: string;
  readonly addresses: string[];
  readonly former_slugs: {
    readonly slug: string;
    readonly addresses: string[];
    readonly answers_until: string;
    readonly reserved_until: string;
  }[];
}

const DAY_MS = 86_400_000;

const platform = givenPlatform();

const rename = (from: string, body: object, headers = { 'if-match': '*' }) =>
  platform.operator.request('PATCH', `/tenants/${from}`, body, headers);
const discovery = (issuer: string) => send(`${issuer}/.well-known/openid-configuration`);
const create = (slug: string) => platform.operator.request('POST', '/tenants', { slug, display_name: slug });
const daysUntil = (time: string | undefined) => Math.round((Date.parse(time ?? '') - Date.now()) / DAY_MS);

async function signedInAt(issuer: string, tenant: TenantFixture) {
  const answer = await askToken(issuer, tenant, await codeAt(issuer));
  return answer.json<{ refresh_token: string; access_token: string; id_token: string }>();
}

describe('a renamed tenant', () => {
  let tenant: TenantFixture;
  let tokens: Awaited<ReturnType<typeof signedInAt>>;
  let browser: TestBrowser;
  let renamed: Renamed;
  const refresh = (issuer: string, refresh_token = tokens.refresh_token) =>
    askToken(issuer, tenant, { grant_type: 'refresh_token', refresh_token });

  beforeAll(async () => {
    tenant = await createTenant(platform, 'before');
    tokens = await signedInAt(tenant.issuer, tenant);
    browser = new TestBrowser();
    await browser.signIn(await browser.open(`${tenant.issuer}/account`), 'alice', ALICE_PASSWORD);
    const answer = await rename('before', { slug: 'after', display_name: 'After' });
    renamed = answer.json<Renamed>();
  });

  it('has new addresses, and shows until when the old ones answer', async () => {
    expect(renamed).toMatchObject({ slug: 'after', display_name: 'After', issuer: `${platform.url}/t/after` });
    expect(renamed.former_slugs).toMatchObject([{ slug: 'before', addresses: [tenant.issuer, tenant.hostIssuer] }]);
    expect(renamed.addresses).toHaveLength(4);
    const [former] = renamed.former_slugs;
    expect([daysUntil(former?.answers_until), daysUntil(former?.reserved_until)]).toEqual([30, 395]);
    for (const issuer of renamed.addresses) expect((await discovery(issuer)).json()).toMatchObject({ issuer });
    const inserted = await send(`${platform.url}/.well-known/oauth-authorization-server/t/before`);
    expect(inserted.json()).toMatchObject({ issuer: tenant.issuer });
  });

  it('goes on at the old issuer as it was: tokens, refresh, sessions, new sign-ins', async () => {
    const claimsOf = (jwt: string) =>
      JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as object;
    const renewed = (await refresh(tenant.issuer)).json<{ id_token: string; access_token: string }>();
    expect(claimsOf(renewed.id_token)).toMatchObject({ iss: tenant.issuer });
    expect(claimsOf(renewed.access_token)).toMatchObject({ iss: tenant.issuer });
    const page = await browser.open(`${tenant.issuer}/account/profile`);
    expect(page.text).toContain('Alice Archer');
    expect(browser.cookieNames.every((name) => name.startsWith('before-'))).toBe(true);
    // Links and forms of that page stay at the address where it is.
    expect(page.text).toContain('/t/before/');
    expect(page.text).not.toContain('/t/after/');
    for (const issuer of [tenant.issuer, `${platform.url}/t/after`]) {
      const bearer = { authorization: `Bearer ${tokens.access_token}` };
      expect((await send(`${issuer}/userinfo`, { headers: bearer })).status).toBe(200);
    }
    expect((await signedInAt(tenant.hostIssuer, tenant)).id_token).toBeDefined();
    expect((await refresh(`${platform.url}/t/after`)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('is managed by its new slug or its id alone', async () => {
    expect((await platform.operator.request('GET', '/tenants/before')).status).toBe(404);
    expect((await platform.operator.request('GET', `/tenants/${tenant.id}`)).json()).toMatchObject({ slug: 'after' });
  });

  it('keeps its old slug from everybody else, after the addresses have ended too', async () => {
    await createTenant(platform, 'thief');
    const takeOver = async () => [(await create('before')).status, (await rename('thief', { slug: 'before' })).status];
    expect(await takeOver()).toEqual([409, 409]);
    const end = () => platform.operator.request('DELETE', '/tenants/after/former-slugs/before');
    expect([(await end()).status, (await end()).status]).toEqual([204, 404]);
    expect(await platform.operator.get('/tenants/after')).toMatchObject({ former_slugs: [{ addresses: [] }] });
    const unknown = await discovery(`${platform.url}/t/nobody`);
    for (const issuer of [tenant.issuer, tenant.hostIssuer]) {
      const gone = await discovery(issuer);
      expect([gone.status, gone.text]).toEqual([404, unknown.text]);
    }
    const bearer = { authorization: `Bearer ${tokens.access_token}` };
    expect((await send(`${platform.url}/t/after/userinfo`, { headers: bearer })).status).toBe(401);
    expect(await takeOver()).toEqual([409, 409]);
    // With the reservation at its end it is a slug like any other, and leads to its new tenant alone.
    await platform.database.query("UPDATE former_slugs SET reserved_until = now() WHERE slug = 'before'");
    expect((await create('before')).status).toBe(201);
    const jwks = async (issuer: string) => (await send(`${issuer}/jwks`)).text;
    expect(await jwks(tenant.issuer)).not.toBe(await jwks(`${platform.url}/t/after`));
  });
});

describe('a former slug whose time has come', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('answers no longer, although nobody says so', async () => {
    await create('timed');
    const days = { former_slug_days: 2 };
    expect((await rename('timed', { slug: 'timeless', ...days })).status).toBe(200);
    const old = `${platform.url}/t/timed`;
    expect((await discovery(old)).status).toBe(200);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 2 * DAY_MS + 1000);
    expect((await discovery(old)).status).toBe(404);
    expect((await discovery(`${platform.url}/t/timeless`)).status).toBe(200);
    const { nest } = platform.application;
    const tenant = await nest.get(TenantResolver).find({ kind: 'path', slug: 'timeless' });
    expect(tenant?.issuers).toEqual([`${platform.url}/t/timeless`, expect.stringContaining('//timeless.localhost')]);
  });
});

describe('a renaming', () => {
  beforeAll(async () => {
    for (const slug of ['one', 'two', 'stays']) expect((await create(slug)).status).toBe(201);
  });

  it.each([
    [{ slug: 'stays' }, 409],
    [{ slug: 'system' }, 400],
    [{ slug: 'www' }, 400],
    [{ slug: 'Upper' }, 400],
    [{ slug: 'a b' }, 400],
    [{ slug: '' }, 400],
    [{ slug: null }, 400],
    [{ slug: 7 }, 400],
    [{ slug: ['a'] }, 400],
    [{ former_slug_days: 3 }, 400],
    [{ slug: 'one-more', former_slug_days: -1 }, 400],
    [{ slug: 'one-more', former_slug_days: 366 }, 400],
    [{ slug: 'one-more', former_slug_days: '3' }, 400],
  ])('to %j is answered with %i', async (body, status) => {
    const answer = await rename('one', body);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('slug')]);
  });

  it('needs the version that was read, an operator, and a tenant that is not system', async () => {
    expect((await platform.operator.request('PATCH', '/tenants/one', { slug: 'other' })).status).toBe(428);
    expect((await rename('one', { slug: 'other' }, { 'if-match': '"v99"' })).status).toBe(412);
    expect((await rename('system', { slug: 'other' })).status).toBe(409);
    const admin = await adminOf(platform, 'one', 'tenants:read tenants:write');
    const own = await admin.request('PATCH', '/tenants/one', { slug: 'other' }, { 'if-match': '*' });
    expect(own.status).toBe(403);
    expect((await admin.request('DELETE', '/tenants/one/former-slugs/one')).status).toBe(403);
    const named = await admin.request('PATCH', '/tenants/one', { display_name: 'One' }, { 'if-match': '*' });
    expect(named.status).toBe(200);
  });

  it('of two tenants to one slug at once is won by one', async () => {
    const answers = await Promise.all([rename('one', { slug: 'wanted' }), rename('two', { slug: 'wanted' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [loser = '', winner = ''] = answers[0]?.status === 200 ? ['two', 'one'] : ['one', 'two'];
    expect((await platform.operator.request('GET', `/tenants/${loser}`)).status).toBe(200);
    const back = await rename('wanted', { slug: winner, former_slug_days: 0 });
    expect([back.status, back.json<Renamed>().former_slugs]).toMatchObject([200, [{ slug: 'wanted', addresses: [] }]]);
    expect((await discovery(`${platform.url}/t/wanted`)).status).toBe(404);
    expect((await discovery(`${platform.url}/t/${winner}`)).status).toBe(200);
  });

  it('gives nobody a slug in the moment in which it is given up', async () => {
    for (let round = 0; round < 5; round += 1) {
      await create(`from-${round}`);
      const [renamed, taken] = await Promise.all([
        rename(`from-${round}`, { slug: `to-${round}` }),
        create(`from-${round}`),
      ]);
      expect([renamed?.status, taken?.status]).toEqual([200, 409]);
    }
  });

  it('ends at a number of slugs that are reserved', async () => {
    await create('n0');
    const statuses = [];
    for (let number = 1; number <= 11; number += 1)
      statuses.push((await rename(`n${number - 1}`, { slug: `n${number}` })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 409]);
    // One of its own it may have again.
    expect((await rename('n10', { slug: 'n3' })).status).toBe(200);
  });

  it('stands in the log with both slugs', async () => {
    const { data } = await platform.operator.get<{ data: { details: object }[] }>(
      '/tenants/n3/audit-events?type=tenant.updated&limit=1',
    );
    expect(data[0]?.details).toMatchObject({ before: { slug: 'n10' }, after: { slug: 'n3' } });
  });
});
