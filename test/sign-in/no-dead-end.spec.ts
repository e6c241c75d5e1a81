import { beforeEach, describe, expect, it } from '@jest/globals';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { startPlatform } from '../support/platform.js';
import {
  ALICE_PASSWORD,
  type AuthorizeParams,
  authorizeUrl,
  pkce,
  redeem,
  responseOf,
} from '../support/tenant-fixture.js';

const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let browser: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  browser = new TestBrowser();
});

const ask = (params: AuthorizeParams = {}, by = browser) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const requestOf = (page: Page, form: string) => String(readForm(page, form).fields['request']);
const open = (path: string, by = browser) => by.open(`${acme.issuer}${path}`);

/** Signed in, and shown the consent page. */
async function askForConsent(params: AuthorizeParams = {}): Promise<Page> {
  return browser.signIn(await ask({ prompt: 'consent', ...params }), 'alice', ALICE_PASSWORD);
}

async function makeOld(): Promise<void> {
  await platform.database.query(`UPDATE authorization_requests SET completed_at = completed_at - interval '2 minutes'`);
}

const expectCode = (page: Page) => expect(responseOf(page)).toMatchObject({ code: expect.any(String), state: 's1' });
const expectWayTo = (page: Page, href: string) => expect(page.text).toContain(`href="${href}"`);

describe('a form that is sent twice', () => {
  it('gets its answer again, a sign-in as well as a consent, each with a code of its own that works once', async () => {
    const signIn = await ask({ prompt: 'login' });
    const consent = await browser.signIn(signIn, 'alice', ALICE_PASSWORD);
    expect(requestOf(await browser.signIn(signIn, 'alice', ALICE_PASSWORD), 'consent-approve')).toBe(
      requestOf(consent, 'consent-approve'),
    );
    const codes = [];
    for (const send of [
      () => browser.decide(consent, 'approve'),
      () => browser.decide(consent, 'approve'),
      () => browser.signIn(signIn, 'alice', ALICE_PASSWORD),
    ]) {
      const page = await send();
      expectCode(page);
      codes.push(responseOf(page)['code']);
    }
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(200);
    for (const code of codes) expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(400);
  });

  it('is decided once, and each answer is recorded with what it repeats', async () => {
    const consent = await askForConsent();
    const events = await eventsOf(platform.operator, 'acme', async () => {
      for (let press = 0; press < 3; press += 1) await browser.decide(consent, 'approve');
    });
    const repeats = requestOf(consent, 'consent-approve');
    expect(events.map(({ type, details }) => [type, details?.['repeats']])).toEqual([
      ['consent.granted', undefined],
      ['authorization.granted', undefined],
      ['authorization.granted', repeats],
      ['authorization.granted', repeats],
    ]);
  });

  it('as a choice of account', async () => {
    await askForConsent().then((page) => browser.decide(page, 'approve'));
    const chooser = await ask({ prompt: 'select_account' });
    expectCode(await browser.submit(chooser, '/sign-in/continue'));
    expectCode(await browser.submit(chooser, '/sign-in/continue'));
  });

  it('as a refusal refuses twice; nothing that was refused is given by another button', async () => {
    const consent = await askForConsent();
    expect(responseOf(await browser.decide(consent, 'deny'))['error']).toBe('access_denied');
    expect(responseOf(await browser.decide(consent, 'deny'))['error']).toBe('access_denied');
    // Whoever changes their mind is asked anew.
    const again = await browser.decide(consent, 'approve');
    expect(requestOf(again, 'consent-approve')).not.toBe(requestOf(consent, 'consent-approve'));
  });

  it('as a refusal of what was allowed leads to where that is taken back', async () => {
    const consent = await askForConsent();
    expectCode(await browser.decide(consent, 'approve'));
    for (const prepare of [async () => undefined, makeOld]) {
      await prepare();
      const page = await browser.decide(consent, 'deny');
      expect(page.url).toBe(`${acme.issuer}/account/applications`);
      expect(page.text).toContain('/account/withdraw');
    }
  });

  it.each(['form_post', 'fragment'])('gets it in the mode %s', async (response_mode) => {
    const consent = await askForConsent({ response_mode });
    for (let press = 0; press < 2; press += 1) {
      const page = await browser.decide(consent, 'approve');
      if (response_mode === 'form_post') expect(readForm(page, 'form-post').fields['code']).toBeDefined();
      else expectCode(page);
    }
  });

  it('asks again what is no longer allowed, or was allowed a while ago', async () => {
    const consent = await askForConsent();
    await browser.decide(consent, 'approve');
    await makeOld();
    const again = await browser.decide(consent, 'approve');
    expect(requestOf(again, 'consent-approve')).not.toBe(requestOf(consent, 'consent-approve'));
    expectCode(await browser.decide(again, 'approve'));
    await browser.submit(await open('/account/applications'), '/account/withdraw');
    expect((await browser.decide(again, 'approve')).text).toContain('id="consent-approve"');
  });

  it('by another person in this browser begins anew for them', async () => {
    await platform.operator.request('POST', '/tenants/acme/users', { username: 'bob', password: ALICE_PASSWORD });
    const signIn = await ask({ prompt: 'login' });
    await browser.decide(await browser.signIn(signIn, 'alice', ALICE_PASSWORD), 'approve');
    const bobs = await browser.signIn(signIn, 'bob', ALICE_PASSWORD);
    expect(requestOf(bobs, 'login-form')).not.toBe(requestOf(signIn, 'login-form'));
  });
});

describe('Back, a reload and a bookmark', () => {
  it.each(['/sign-in', '/consent', '/authorize/resume', '/authorize/restart'])(
    'of %s lead to the application, when its request was answered',
    async (path) => {
      const consent = await askForConsent({ prompt: undefined });
      const finished = consent.status === 303 ? consent : await browser.decide(consent, 'approve');
      expectCode(finished);
      const { request } = await answered();
      expectCode(await open(`${path}?request=${request}`));
      await makeOld();
      expectCode(await open(`${path}?request=${request}`));
      await browser.submit(await open('/end-session'), 'logout-confirm');
      const page = await open(`${path}?request=${request}`);
      expectCode(await browser.signIn(page, 'alice', ALICE_PASSWORD));
    },
  );

  async function answered(): Promise<{ request: string }> {
    const [row] = await platform.database.query<{ request: string }>(
      'SELECT id AS request FROM authorization_requests WHERE decision IS NOT NULL ORDER BY created_at DESC LIMIT 1',
    );
    return row ?? { request: '' };
  }

  it('lead from the address of a form to the page that has it', async () => {
    await askForConsent();
    for (const [path, page] of [
      ['/sign-in/continue', '/account'],
      ['/consent/switch', '/account'],
      ['/consent', '/account'],
      ['/account/withdraw', '/account/applications'],
      ['/account/end-session', '/account/sessions'],
      ['/end-session/confirm', '/end-session'],
    ] as const) {
      const answer = await open(path);
      expect([path, answer.status, answer.url]).toEqual([path, 200, `${acme.issuer}${page}`]);
    }
  });
});

describe('a request that is foreign, unknown or unreadable', () => {
  const UNKNOWN = ['', 'x', '00000000-0000-4000-8000-000000000000', "' OR 1=1"];

  it.each(UNKNOWN)('(%j) leads to the sign-in page, or to the account', async (id) => {
    const query = `request=${encodeURIComponent(id)}`;
    for (const path of ['/sign-in', '/authorize/resume', '/authorize/restart']) {
      const page = await open(`${path}?${query}`);
      expectErrorPage(page, 400, 'invalid_request');
      expectWayTo(page, '/t/acme/sign-in');
    }
    await askForConsent();
    expectWayTo(await open(`/sign-in?${query}`), '/t/acme/account');
    expect((await open('/consent')).url).toBe(`${acme.issuer}/account`);
  });

  it('leads to the application, where it is registered, and in every language', async () => {
    const at = '/tenants/acme/clients/web';
    const id = requestOf(await ask(), 'login-form');
    const stranger = new TestBrowser();
    await platform.operator.patch(at, { client_uri: 'https://rp.test/home' });
    const page = await open(`/sign-in?request=${id}`, stranger);
    expectErrorPage(page, 400, 'invalid_request');
    expectWayTo(page, 'https://rp.test/home');
    expect(page.text).not.toContain('https://rp.test/cb');
    const [, german = ''] = /href="([^"]*language\/de[^"]*)"/.exec(page.text) ?? [];
    expectWayTo(
      await stranger.open(new URL(german.replaceAll('&amp;', '&'), acme.issuer).href),
      'https://rp.test/home',
    );
    await platform.operator.patch(at, { initiate_login_uri: 'https://rp.test/login?x=1' });
    const iss = encodeURIComponent(acme.issuer);
    expectWayTo(await open(`/sign-in?request=${id}`, stranger), `https://rp.test/login?x=1&amp;iss=${iss}`);
    await platform.operator.patch(at, { enabled: false });
    const disabled = await open(`/sign-in?request=${id}`, stranger);
    await platform.operator.patch(at, { enabled: true, client_uri: null, initiate_login_uri: null });
    expect(disabled.text).not.toContain('rp.test');
    expectWayTo(disabled, '/t/acme/sign-in');
  });

  it('of another tenant tells nothing of it', async () => {
    await platform.operator.patch('/tenants/acme/clients/web', { client_uri: 'https://rp.test/home' });
    const id = requestOf(await ask(), 'login-form');
    const page = await browser.open(`${globex.issuer}/sign-in?request=${id}`);
    await platform.operator.patch('/tenants/acme/clients/web', { client_uri: null });
    expectErrorPage(page, 400, 'invalid_request');
    expect(page.text).not.toMatch(/rp\.test|t\/acme/);
    expectWayTo(page, '/t/globex/sign-in');
  });
});

describe('every error below a tenant has a way on', () => {
  it.each<[string, () => Promise<Page>]>([
    ['an unknown client', () => ask({ client_id: 'nobody' })],
    ['a redirect URI that is not registered', () => ask({ redirect_uri: 'https://evil.test/cb' })],
    ['a page that does not exist', () => open('/nowhere')],
    ['a page with a slash too much', () => open('/sign-in/')],
    ['a parameter that is too long', () => open(`/end-session?state=${'a'.repeat(9000)}`)],
    ['an error page by its address', () => open('/error?error=server_error')],
  ])('%s', async (_, fail) => {
    const page = await fail();
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.text).toContain('id="error-page"');
    expectWayTo(page, '/t/acme/sign-in');
    expect(page.text).not.toMatch(/href="[^"]*evil/);
    await askForConsent();
    const isRouted = !page.url.includes('nowhere') && !page.url.endsWith('/');
    if (isRouted) expectWayTo(await fail(), '/t/acme/account');
  });

  it.each(['path', 'host'] as const)('a form whose cookies are gone, at its %s', async (kind) => {
    const issuer = kind === 'path' ? acme.issuer : acme.hostIssuer;
    const below = kind === 'path' ? '/t/acme' : '';
    const page = await browser.open(`${issuer}/sign-in`);
    const answer = await new TestBrowser().submit(page, 'login-form', { username: 'alice', password: ALICE_PASSWORD });
    expectErrorPage(answer, 403, 'invalid_request');
    expectWayTo(answer, `${below}/sign-in`);
    const question = await browser.open(`${issuer}/end-session`);
    expect(question.text).toContain('id="logged-out"');
  });

  it('a form that is too old, for a request of this browser: it can be opened again', async () => {
    const page = await ask();
    const { fields, action } = readForm(page, 'login-form');
    const body = new URLSearchParams({ ...fields, csrf: 'x' }).toString();
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const answer = await browser.request('POST', new URL(action, acme.issuer).href, body, headers);
    expectErrorPage(answer, 403, 'invalid_request');
    expectWayTo(answer, `/t/acme/sign-in?request=${fields['request']}`);
  });
});

describe('the bare address of a tenant', () => {
  it.each(['', '/', '/?x=1'])('leads to the account page, by way of the sign-in page (%j)', async (end) => {
    for (const issuer of [acme.issuer, acme.hostIssuer]) {
      const by = new TestBrowser();
      const page = await by.open(`${issuer}${end}`);
      expect(page.url).toBe(`${issuer}/sign-in`);
      const account = await by.signIn(page, 'alice', ALICE_PASSWORD);
      expect(account.url).toBe(`${issuer}/account`);
      expect((await by.open(`${issuer}${end}`)).url).toBe(`${issuer}/account`);
    }
  });

  it('is nothing for a tenant that does not exist', async () => {
    const page = await browser.open(`${platform.url}/t/nobody/`);
    expect(page.status).toBe(404);
  });
});

describe('an error page', () => {
  it('says nothing of what was sent or is registered, outside development', async () => {
    for (const params of [{ redirect_uri: 'https://rp.test/other' }, { client_id: 'nobody', state: 'rp.test' }]) {
      const page = await ask(params);
      expect(page.text).not.toMatch(/rp\.test|nobody|<dt>reason/);
    }
  });

  it.each([
    ['on this machine', undefined, true],
    ['behind a public address', 'https://id.example.com', false],
  ])('in development %s says so, or does not', async (_where, publicUrl, says) => {
    const demo = { alicePassword: '', webClientSecret: '', machineClientSecret: '' };
    const development = {
      masterKey: '',
      bootstrapClientSecret: '',
      bootstrapAdminPassword: '',
      demo: { acme: demo, globex: demo },
    };
    const config = { development, ...(publicUrl !== undefined && { publicUrl }) };
    const other = await startPlatform({ beside: platform, config });
    try {
      const page = await new TestBrowser().open(
        authorizeUrl(`${other.url}/t/acme`, { ...PKCE, redirect_uri: 'https://rp.test/other' }),
      );
      expect([page.status, page.text.includes('https://rp.test/other')]).toEqual([400, says]);
    } finally {
      await other.stop();
    }
  });
});
