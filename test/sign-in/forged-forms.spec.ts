import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { encodeForm } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  authorizeUrl,
  createTenant,
  getCode,
  pkce,
} from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
let platform: Platform;
let acme: TenantFixture;
let browser: TestBrowser;
let stranger: TestBrowser;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());
beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  [browser, stranger] = [new TestBrowser(), new TestBrowser()];
  await getCode(acme.issuer, {}, browser);
  await getCode(acme.issuer, {}, stranger);
});

const ask = (by: TestBrowser, params: object) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));

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
  '/account/withdraw': async (by) => [await by.open(`${acme.issuer}/account`), '/account/withdraw', {}],
  '/end-session/confirm': async (by) => [await by.open(`${acme.issuer}/end-session`), 'logout-confirm', {}],
};

/** What a forged form could have changed, but for what looking at a page changes. */
async function state(): Promise<string> {
  const tables = [
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
    expect([200, 303, 404]).toContain(asPage.status);
    expect(await state()).toBe(before);
  });

  it('answers with a page or a GET that follows, so that nothing typed is sent on', async () => {
    expect([200, 303]).toContain((await post(fields)).status);
  });
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
  it('one signs out while the other decides: nothing is allowed any more', async () => {
    const consent = await ask(browser, { prompt: 'consent' });
    await browser.submit(await browser.open(`${acme.issuer}/end-session`), 'logout-confirm');
    const before = await state();
    expectErrorPage(await browser.decide(consent, 'approve'), 403, 'invalid_request');
    expectErrorPage(await browser.decide(consent, 'deny'), 403, 'invalid_request');
    expect(await state()).toBe(before);
  });

  it('one signs in as somebody else while the other decides: nobody answers for the other', async () => {
    await platform.operator.request('POST', '/tenants/acme/users', { username: 'bob', password: ALICE_PASSWORD });
    const consent = await ask(browser, { prompt: 'consent' });
    const account = await browser.open(`${acme.issuer}/account`);
    await browser.signIn(await ask(browser, { prompt: 'login' }), 'bob', ALICE_PASSWORD);
    const before = await state();
    expectErrorPage(await browser.decide(consent, 'approve'), 403, 'invalid_request');
    expectErrorPage(await browser.submit(account, '/account/withdraw'), 403, 'invalid_request');
    expect(await state()).toBe(before);
  });
});
