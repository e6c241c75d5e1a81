import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { ALICE_PASSWORD } from '../support/tenant-fixture.js';
import { TestConsole, givenAdmin } from './console-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

beforeAll(async () => {
  await givenAdmin(platform, 'acme', 'ada');
  await givenAdmin(platform, 'globex', 'gus');
});

const consoleOf = ({ issuer }: { readonly issuer: string }) => new TestConsole(`${issuer}/console`);
const locationOf = (answer: { readonly headers: { readonly location?: string } }) =>
  new URL(answer.headers.location ?? '', platform.url);

describe('Signing in to the console', () => {
  it('leads from the sign-in page to where the person wanted to go', async () => {
    const console = consoleOf(acme);
    const page = await console.signIn('ada', undefined, '/users?q=a');
    expect(page.url).toBe(`${acme.issuer}/console/users?q=a`);
    const { version, permissions, ...session } = (await console.session()).json<Record<string, unknown>>();
    expect(session).toEqual({
      user: { id: expect.any(String), username: 'ada', name: 'Admin ada', email: 'ada@acme.test' },
      tenant: { id: acme.id, slug: 'acme', display_name: 'Tenant acme', issuer: acme.issuer },
      is_operator: false,
      public_url: platform.url,
    });
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(permissions).toEqual(expect.arrayContaining(['users:read', 'clients:write']));
    const users = await console.api('GET', '/tenants/acme/users');
    expect([users.status, users.text]).toEqual([200, expect.stringContaining('"ada"')]);
    expect((await console.api('GET', '/tenants/globex/users')).status).toBe(404);
  });

  it('leads operators to the console of the platform, which has every tenant', async () => {
    const console = new TestConsole(`${platform.url}/console`);
    const page = await console.signIn('admin', 'operators-first-password-3141');
    expect(page.url).toBe(`${platform.url}/console/`);
    expect((await console.session()).json()).toMatchObject({ is_operator: true, tenant: { slug: 'system' } });
    expect((await console.api('GET', '/tenants/globex')).status).toBe(200);
    const elsewhere = await send(`${platform.url}/t/system/console/tenants?q=a`);
    expect([elsewhere.status, elsewhere.headers.location]).toEqual([303, `${platform.url}/console/tenants?q=a`]);
    expect((await send(`${platform.url}/t/system/console/session`)).status).toBe(404);
  });

  it('works at a host of the tenant, and after its slug has changed', async () => {
    const { slug } = await platform.operator.create<{ slug: string }>('/tenants', {
      slug: 'initech',
      display_name: 'Initech',
    });
    await givenAdmin(platform, slug, 'bill');
    const before = new TestConsole('http://initech.localhost:' + new URL(platform.url).port + '/console');
    expect((await before.signIn('bill')).url).toBe(`${before.address}/`);
    await platform.operator.patch('/tenants/initech', { slug: 'initrode' });
    const after = new TestConsole(`${platform.url}/t/initrode/console`);
    expect((await after.signIn('bill')).url).toBe(`${after.address}/`);
    expect((await after.session()).json()).toMatchObject({ tenant: { slug: 'initrode' } });
  });

  it('tells who is no administrator, and begins no session', async () => {
    const console = consoleOf(acme);
    const page = await console.signIn('alice', ALICE_PASSWORD);
    expect(page.url).toBe(`${acme.issuer}/console/?error=access_denied`);
    expect((await console.session()).status).toBe(401);
  });

  it.each([
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    '/../account',
    '/%2e%2e/account',
    '/..//evil.test',
    '@evil.test',
    '/\u0001',
    `/${'a'.repeat(3000)}`,
  ])('leads to the first page in place of %j', async (returnTo) => {
    const console = consoleOf(acme);
    const begun = await console.browser.request(
      'GET',
      `${console.address}/sign-in?return_to=${encodeURIComponent(returnTo)}`,
    );
    const [, value = ''] = /=([^;]+);/.exec(begun.headers['set-cookie']?.[0] ?? '') ?? [];
    expect(JSON.parse(Buffer.from(value, 'base64url').toString())).toEqual([
      expect.any(String),
      expect.any(String),
      '/',
    ]);
  });

  it('keeps both tabs in which it was begun, and few of those that were left', async () => {
    const console = consoleOf(acme);
    const [one, other] = [await console.begin('/one'), await console.begin('/other')];
    expect((await console.browser.signIn(one, 'ada', 'copper kettle wanders twice')).url).toMatch(/\/console\/one$/);
    expect((await console.browser.open(other.url)).url).toMatch(/\/console\/other$/);
    for (let count = 0; count < 12; count++) {
      await console.browser.request('GET', `${console.address}/sign-in`);
    }
    expect(console.browser.cookieNames.length).toBeLessThan(12);
  });
});

describe('The callback of the console', () => {
  /** The answer of the tenant to a request of this console, not yet redeemed. */
  async function answerFor(console: TestConsole): Promise<URL> {
    await console.browser.signIn(await console.browser.open(`${acme.issuer}/sign-in`), 'ada', PASSWORD);
    const begun = await console.browser.request('GET', `${console.address}/sign-in`);
    return locationOf(await console.browser.request('GET', begun.headers.location ?? '', undefined, HTML));
  }
  const HTML = { accept: 'text/html' };
  const PASSWORD = 'copper kettle wanders twice';

  it('takes an answer of the tenant once', async () => {
    const console = consoleOf(acme);
    const answer = await answerFor(console);
    const thief = new TestConsole(console.address, console.browser.fork());
    expect((await console.browser.open(answer.href)).url).toBe(`${console.address}/`);
    expect((await console.session()).status).toBe(200);
    // Back, or a reload: the person is signed in and stays so.
    expect((await console.browser.open(answer.href)).url).toBe(`${console.address}/`);
    expect((await console.session()).status).toBe(200);
    // The cookie of before, with the same answer: the code is spent, and what it gave is void (RFC 6749 §4.1.2).
    expect((await thief.browser.open(answer.href)).url).toBe(`${console.address}/?error=sign_in_failed`);
    expect((await thief.session()).status).toBe(401);
  });

  it('takes no answer with a state that this browser did not begin', async () => {
    const answer = await answerFor(consoleOf(acme));
    const victim = consoleOf(acme);
    await victim.browser.request('GET', `${victim.address}/sign-in`);
    expect((await victim.browser.open(answer.href)).url).toBe(`${victim.address}/?error=sign_in_expired`);
    expect((await victim.session()).status).toBe(401);
  });

  it.each([
    ['another issuer', 'iss', 'https://evil.test'],
    ['no issuer', 'iss', ''],
    ['another code', 'code', 'x'],
    ['no code', 'code', ''],
  ])('takes no answer with %s', async (_, name, value) => {
    const console = consoleOf(acme);
    const answer = await answerFor(console);
    answer.searchParams.set(name, value);
    expect((await console.browser.open(answer.href)).url).toBe(`${console.address}/?error=sign_in_failed`);
    expect((await console.session()).status).toBe(401);
  });

  it('takes no code that another tenant gave, or that was asked for at another of its addresses', async () => {
    const console = consoleOf(acme);
    const answer = await answerFor(console);
    const code = answer.searchParams.get('code') ?? '';
    for (const address of [`${globex.issuer}/console`, `${acme.hostIssuer}/console`]) {
      const other = new TestConsole(address);
      const begun = await other.browser.request('GET', `${address}/sign-in`);
      const state = locationOf(begun).searchParams.get('state') ?? '';
      const query = new URLSearchParams({ code, state, iss: address.replace('/console', '') });
      const page = await other.browser.open(`${address}/callback?${query.toString()}`);
      expect(page.url).toBe(`${address}/?error=sign_in_failed`);
    }
  });

  it.each(['?state=a&state=b', '?code=%00', '?%ff', `?state=${'a'.repeat(5000)}`])('answers %j', async (query) => {
    const { status } = await send(`${acme.issuer}/console/callback${query.slice(0, 2000)}`);
    expect([303, 400]).toContain(status);
  });
});

describe('A session of the console', () => {
  it('is of one tenant, also where two share an origin', async () => {
    const console = consoleOf(acme);
    await console.signIn('ada');
    const secret = console.browser.cookie('-console');
    expect(console.browser.cookieHeader(`${globex.issuer}/console/session`)).toBe('');
    expect(console.browser.cookieHeader(`${acme.issuer}/account`)).not.toContain(secret);
    for (const name of ['globex-console', 'acme-console', 'console']) {
      const cookie = `${name}=${secret}`;
      expect((await send(`${globex.issuer}/console/session`, { headers: { cookie } })).status).toBe(401);
      expect((await send(`${platform.url}/console/session`, { headers: { cookie } })).status).toBe(401);
    }
  });

  it('shows neither its tokens nor its secret to scripts', async () => {
    const console = consoleOf(acme);
    await console.signIn('ada');
    const { headers, text } = await console.session();
    expect(`${JSON.stringify(headers)}${text}`).not.toMatch(/eyJ|token/);
    const begun = await new TestBrowser().request('GET', `${console.address}/sign-in`);
    expect(begun.headers['set-cookie']?.[0]).toMatch(/Path=\/t\/acme\/console; HttpOnly; SameSite=Lax$/);
    const [row] = await platform.database.query<{ tokens: Buffer; digest: Buffer }>('SELECT * FROM console_sessions');
    expect(row?.tokens.toString('latin1')).not.toContain('eyJ');
    expect(row?.digest.length).toBe(32);
  });
});

describe('The client of the console', () => {
  const client = '/tenants/acme/clients/tenantry-console';

  it('is made once, by whoever comes first of many', async () => {
    await platform.operator.create('/tenants', { slug: 'hooli', display_name: 'Hooli' });
    await platform.operator.patch('/tenants/hooli/quotas', { clients: 1 });
    const begin = () => send(`${platform.url}/t/hooli/console/sign-in`);
    const answers = await Promise.all(Array.from({ length: 8 }, begin));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303));
    const { data } = await platform.operator.get<{ data: { client_id: string; client_name: string }[] }>(
      '/tenants/hooli/clients',
    );
    expect(data).toMatchObject([{ client_id: 'tenantry-console', client_name: 'Tenantry console' }]);
    // It is none of those that the tenant may have, and gives nothing back when it goes.
    await platform.operator.request('DELETE', '/tenants/hooli/clients/tenantry-console');
    const own = { client_name: 'Own', redirect_uris: ['https://rp.test/cb'] };
    await platform.operator.create('/tenants/hooli/clients', own);
    expect((await platform.operator.request('POST', '/tenants/hooli/clients', own)).status).toBe(409);
    expect((await begin()).status).toBe(303);
  });

  it('cannot be made by anybody else', async () => {
    const answer = await platform.operator.request('POST', '/tenants/globex/clients', {
      client_id: 'tenantry-console',
      redirect_uris: ['https://rp.test/cb'],
    });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('client_id')]);
  });

  it('leads nowhere but to the consoles of its tenant, whatever its registration says, and is mended', async () => {
    const console = consoleOf(acme);
    await console.signIn('ada');
    await platform.operator.patch(client, {
      redirect_uris: ['https://evil.test/cb'],
      enabled: false,
      require_second_factor: false,
      first_party: false,
    });
    expect((await console.session()).status).toBe(401);
    const query = new URLSearchParams({
      client_id: 'tenantry-console',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'https://evil.test/cb',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const stranger = await send(`${acme.issuer}/authorize?${query.toString()}`);
    expect([stranger.status, stranger.headers.location]).toEqual([400, undefined]);
    const again = consoleOf(acme);
    expect((await again.signIn('ada')).url).toBe(`${again.address}/`);
    expect(await platform.operator.get(client)).toMatchObject({
      first_party: true,
      enabled: true,
      redirect_uris: [`${acme.issuer}/console/callback`],
    });
  });

  it('takes no redirect URI of another tenant, and none of an address that is its tenant’s no longer', async () => {
    const stored = `${globex.issuer}/console/callback`;
    const query = new URLSearchParams({
      client_id: 'tenantry-console',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: stored,
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    await platform.database.query(
      `UPDATE clients SET redirect_uris = redirect_uris || $1::text WHERE client_id = 'tenantry-console'`,
      [stored],
    );
    const answer = await send(`${acme.issuer}/authorize?${query.toString()}`);
    expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
  });

  it('asks for a second factor where an administrator wants one', async () => {
    await platform.operator.patch(client, { require_second_factor: true, slim_id_token: true });
    const page = await consoleOf(acme).signIn('ada');
    expect(page.url).not.toContain('/console/');
    expect(await platform.operator.get(client)).toMatchObject({ require_second_factor: true });
    await platform.operator.patch(client, { require_second_factor: false });
  });
});
