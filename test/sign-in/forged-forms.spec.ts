import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { encodeForm } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { findRoutes } from '../isolation/routes.js';
import { ALICE_PASSWORD, authorizeUrl, getCode, pkce, responseOf } from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let browser: TestBrowser;
let stranger: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  [browser, stranger] = [new TestBrowser(), new TestBrowser()];
  await getCode(acme.issuer, {}, browser);
  await getCode(acme.issuer, {}, stranger);
});

const ask = (by: TestBrowser, params: object) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));

const NEW_PASSWORD = 'nine lamps beside the quiet harbour';
const PASSWORDS = {
  username: 'alice',
  current_password: ALICE_PASSWORD,
  new_password: NEW_PASSWORD,
  new_password_again: NEW_PASSWORD,
};

/** The list of sessions of a person who is signed in elsewhere as well. */
async function accountOf(by: TestBrowser): Promise<Page> {
  const elsewhere = new TestBrowser();
  await elsewhere.signIn(await elsewhere.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
  return by.open(`${acme.issuer}/account/sessions`);
}

/** Every form that changes something, on the page that has it. */
const FORMS: Readonly<Record<string, (by: TestBrowser) => Promise<[page: Page, form: string, fields: object]>>> = {
  '/sign-in': async (by) => [
    await ask(by, { prompt: 'login' }),
    'login-form',
    { username: 'alice', password: ALICE_PASSWORD },
  ],
  '/sign-in/continue': async (by) => [await ask(by, { prompt: 'select_account' }), '/sign-in/continue', {}],
  '/consent': async (by) => [await ask(by, { prompt: 'consent' }), 'consent-approve', { decision: 'approve' }],
  '/consent/switch': async (by) => [await ask(by, { prompt: 'consent' }), '/consent/switch', {}],
  '/account/withdraw': async (by) => [await by.open(`${acme.issuer}/account/applications`), '/account/withdraw', {}],
  '/account/end-session': async (by) => [await accountOf(by), '/account/end-session', {}],
  '/account/end-other-sessions': async (by) => [await accountOf(by), '/account/end-other-sessions', {}],
  '/change-password': async (by) => [await by.open(`${acme.issuer}/change-password`), 'password-form', PASSWORDS],
  '/end-session/confirm': async (by) => [await by.open(`${acme.issuer}/end-session`), 'logout-confirm', {}],
};

/** What a forged form could have changed, but for what looking at a page changes. */
async function state(): Promise<string> {
  const tables = [
    'users',
    'sessions',
    'consents',
    'grants',
    'authorization_codes',
    'sign_in_attempts',
    'authorization_requests',
  ];
  const rows = [];
  for (const table of tables) {
    const text = `SELECT (to_jsonb(t) - 'last_seen_at')::text AS row FROM ${table} t ORDER BY 1`;
    rows.push(await platform.database.query(text));
  }
  return JSON.stringify(rows);
}

const OURS = { 'sec-fetch-site': 'same-origin' };

describe.each(Object.keys(FORMS))('the form to %s', (path) => {
  let url: string;
  let fields: Record<string, string>;
  beforeEach(async () => {
    const [page, id, typed] = (await FORMS[path]?.(browser)) ?? [];
    if (!page || id === undefined) throw new Error('unreachable');
    const form = readForm(page, id);
    url = new URL(form.action, page.url).href;
    fields = { ...form.fields, ...typed };
    expect(new URL(url).pathname).toBe(`/t/acme${path}`);
  });

  let passwordHash: string;
  beforeEach(async () => {
    const rows = await platform.database.query<{ password_hash: string }>(
      `SELECT password_hash FROM users WHERE id = '${acme.aliceId}'`,
    );
    passwordHash = rows[0]?.password_hash ?? '';
  });
  afterEach(() =>
    platform.database.query(`UPDATE users SET password_hash = '${passwordHash}' WHERE id = '${acme.aliceId}'`),
  );

  const post = (given: Record<string, string | undefined>, headers: Record<string, string> = OURS) =>
    browser.request('POST', url, encodeForm(given), { accept: 'text/html', ...headers });

  it('is taken from our own page', async () => {
    const before = await state();
    expect((await post(fields)).status).toBeLessThan(400);
    expect(await state()).not.toBe(before);
  });

  it('is refused without its token, with an empty one, one of another browser, and one of another form', async () => {
    const [theirs, id] = (await FORMS[path]?.(stranger)) ?? [];
    if (!theirs || id === undefined) throw new Error('unreachable');
    const other = path === '/account/withdraw' ? '/end-session/confirm' : '/account/withdraw';
    const [ours, otherId] = (await FORMS[other]?.(browser)) ?? [];
    if (!ours || otherId === undefined) throw new Error('unreachable');
    const before = await state();
    const tokens = [undefined, '', 'x', readForm(theirs, id).fields['csrf'], readForm(ours, otherId).fields['csrf']];
    for (const csrf of tokens) expectErrorPage(await post({ ...fields, csrf }), 403, 'invalid_request');
    expect(await state()).toBe(before);
  });

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { origin: 'http://acme.evil.test' },
  ])('is refused from elsewhere, its token notwithstanding: %j', async (headers) => {
    const before = await state();
    expectErrorPage(await post(fields, headers), 403, 'invalid_request');
    expect(await state()).toBe(before);
  });

  it('changes nothing as the address of a page, nor by another method', async () => {
    const before = await state();
    for (const method of ['HEAD', 'PUT', 'DELETE', 'PATCH']) {
      await browser.request(method, `${url}?${encodeForm(fields)}`, undefined, { accept: 'text/html', ...OURS });
    }
    const asPage = await browser.request('GET', `${url}?${encodeForm(fields)}`, undefined, { accept: 'text/html' });
    // The sign-in and consent pages are at the addresses of their forms.
    expect([200, 303, 405]).toContain(asPage.status);
    expect(await state()).toBe(before);
  });

  it('answers with a page or a GET that follows, so that nothing typed is sent on', async () => {
    expect([200, 303]).toContain((await post(fields)).status);
  });
});

/** Whoever calls these has no cookies: their requests are authenticated otherwise, or change nothing. */
const NO_FORMS = /^POST \/(api\/v1|account\/api|token|revoke|introspect|userinfo|authorize|end-session)\b(?!\/confirm)/;

it('every form there is, is refused without its token and from elsewhere, with all cookies of who is signed in', async () => {
  const routes = findRoutes(platform).filter((route) => route.startsWith('POST ') && !NO_FORMS.test(route));
  expect(routes.length).toBeGreaterThan(40);
  const before = await state();
  const answers = [];
  for (const route of routes) {
    const url = `${acme.issuer}${route.slice('POST '.length).replace(/:\w+/g, 'totp')}`;
    for (const headers of [OURS, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.test' }]) {
      const { status } = await browser.request('POST', url, encodeForm({ csrf: 'x.y' }), {
        accept: 'text/html',
        ...headers,
      });
      answers.push([route, status]);
    }
  }
  expect(answers.filter(([, status]) => status !== 403)).toEqual([]);
  expect(await state()).toBe(before);
});

describe('a pending request', () => {
  it('asks for what was shown: scopes that are added to the form say nothing', async () => {
    const page = await ask(browser, { prompt: 'consent', scope: 'openid' });
    const more = { decision: 'approve', scope: 'openid orders:write', client_id: 'other', resource: acme.api };
    await browser.submit(page, 'consent-approve', more);
    const [grant] = await platform.database.query<{ scope: string[]; client_id: string }>(
      'SELECT scope, client_id FROM grants ORDER BY created_at DESC LIMIT 1',
    );
    expect(grant).toEqual({ scope: ['openid'], client_id: 'web' });
  });

  it('of another browser is not decided, even with a token of one’s own', async () => {
    const theirs = readForm(await ask(stranger, { prompt: 'consent' }), 'consent-approve').fields['request'];
    const page = await ask(browser, { prompt: 'consent' });
    const before = await state();
    const answer = await browser.submit(page, 'consent-approve', { decision: 'approve', request: String(theirs) });
    expectErrorPage(answer, 400, 'invalid_request');
    expect(await state()).toBe(before);
  });
});

describe('two tabs of one browser', () => {
  const signOut = async () => browser.submit(await browser.open(`${acme.issuer}/end-session`), 'logout-confirm');
  const bobSignsIn = async () => {
    await platform.operator.request('POST', '/tenants/acme/users', { username: 'bob', password: ALICE_PASSWORD });
    await browser.signIn(await ask(browser, { prompt: 'login' }), 'bob', ALICE_PASSWORD);
  };
  const requestOf = (page: Page, form: string) => readForm(page, form).fields['request'];

  it.each(['approve', 'deny'] as const)(
    'one signs out while the other decides (%s): nothing is decided, and the same request goes on with a sign-in',
    async (decision) => {
      const consent = await ask(browser, { prompt: 'consent', state: 'kept' });
      await signOut();
      const before = await state();
      const signIn = await browser.decide(consent, decision);
      expect(await state()).toBe(before);
      expect([signIn.status, signIn.text.includes('You have been signed out')]).toEqual([200, true]);
      expect(requestOf(signIn, 'login-form')).toBe(requestOf(consent, 'consent-approve'));
      const again = await browser.signIn(signIn, 'alice', ALICE_PASSWORD);
      expect(responseOf(await browser.decide(again, 'approve'))).toMatchObject({
        code: expect.any(String),
        state: 'kept',
      });
    },
  );

  it('one signs out while the other has its choice of account, its list of applications, or the same question', async () => {
    const chooser = await ask(browser, { prompt: 'select_account' });
    const account = await browser.open(`${acme.issuer}/account/applications`);
    const query = 'client_id=web&post_logout_redirect_uri=https://rp.test/out';
    const question = await browser.open(`${acme.issuer}/end-session?${query}`);
    await signOut();
    const before = await state();
    const signIn = await browser.submit(chooser, '/sign-in/continue');
    expect(requestOf(signIn, 'login-form')).toBe(requestOf(chooser, 'login-form'));
    expect(signIn.text).not.toContain('/sign-in/continue');
    expect((await browser.submit(account, '/account/withdraw')).text).toContain('id="login-form"');
    expect((await browser.submit(account, '/end-session/confirm')).text).toContain('id="logged-out"');
    expect((await browser.submit(question, 'logout-confirm')).headers.location).toBe('https://rp.test/out');
    expect(await state()).toBe(before);
  });

  it('one signs in as somebody else while the other decides: it shows whom it would be for', async () => {
    const consent = await ask(browser, { prompt: 'consent' });
    await bobSignsIn();
    const before = await state();
    for (const decision of ['approve', 'deny'] as const) {
      const page = await browser.decide(consent, decision);
      expect([page.status, page.text.includes('<bdi>bob</bdi>')]).toEqual([200, true]);
      expect(requestOf(page, 'consent-approve')).toBe(requestOf(consent, 'consent-approve'));
    }
    expect((await browser.submit(consent, '/consent/switch')).text).toContain('<bdi>bob</bdi>');
    expect(await state()).toBe(before);
  });

  it('one signs in as somebody else: nobody signs out, continues or withdraws for the other', async () => {
    const chooser = await ask(browser, { prompt: 'select_account' });
    const account = await browser.open(`${acme.issuer}/account/applications`);
    await bobSignsIn();
    const before = await state();
    for (const [page, form] of [
      [chooser, '/sign-in/continue'],
      [account, '/account/withdraw'],
      [account, '/end-session/confirm'],
    ] as const) {
      const answer = await browser.submit(page, form);
      expect([form, answer.status, answer.text.includes('bob')]).toEqual([form, 200, true]);
    }
    expect(await state()).toBe(before);
  });

  it('a decision too late as well ends as it does otherwise', async () => {
    const late = await ask(browser, { prompt: 'consent' });
    await platform.database.query('UPDATE authorization_requests SET expires_at = now() WHERE completed_at IS NULL');
    await signOut();
    const before = await state();
    expectErrorPage(await browser.decide(late, 'approve'), 400, 'login_required');
    expect(await state()).toBe(before);
  });

  it('one that was made begins anew when its person is signed out', async () => {
    const made = await ask(browser, { prompt: 'consent', state: 'kept' });
    await browser.decide(made, 'approve');
    await signOut();
    const signIn = await browser.decide(made, 'approve');
    expect(requestOf(signIn, 'login-form')).not.toBe(requestOf(made, 'consent-approve'));
    const again = await browser.signIn(signIn, 'alice', ALICE_PASSWORD);
    expect(responseOf(await browser.decide(again, 'approve'))).toMatchObject({
      code: expect.any(String),
      state: 'kept',
    });
  });
});
