import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage, expectErrorResponse, expectTokens } from '../support/expect-answer.js';
import { encodeForm } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import {
  ALICE_PASSWORD,
  type AuthorizeParams,
  WEB_REDIRECT,
  authorizeUrl,
  getCode,
  getTokens,
  pkce,
  redeem,
  responseOf,
} from '../support/tenant-fixture.js';

const BOB_PASSWORD = 'a long enough passphrase 7';
const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
/** What an authorization request can say, said again in a form of ours. */
const OTHER_REQUEST = {
  client_id: 'other',
  redirect_uri: 'https://evil.test/cb',
  response_type: 'token',
  response_mode: 'fragment',
  scope: 'openid profile email orders:write',
  resource: 'https://api.acme.test',
  state: 'evil',
  nonce: 'evil',
  prompt: 'none',
  code_challenge: 'evil',
};
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/users', { username: 'bob', password: BOB_PASSWORD });
});

const isSignIn = (page: Page) => page.text.includes('id="login-form"');
const isConsent = (page: Page) => page.text.includes('id="consent-approve"');

describe.each(['path', 'host'] as const)('a page of ours at the %s address', (kind) => {
  let issuer: string;
  let browser: TestBrowser;
  beforeAll(() => {
    issuer = kind === 'path' ? acme.issuer : acme.hostIssuer;
  });
  beforeEach(async () => {
    await platform.database.query('DELETE FROM consents');
    browser = new TestBrowser();
  });

  const ask = (params: AuthorizeParams = {}, by = browser) =>
    by.open(authorizeUrl(issuer, { ...PKCE, nonce: 'mine', ...params }));
  const signedIn = async (params: AuthorizeParams = {}, by = browser) =>
    by.signIn(await ask(params, by), 'alice', ALICE_PASSWORD);
  const codes = () => platform.database.query('SELECT digest FROM authorization_codes ORDER BY digest');
  const requestOf = (page: Page, form: string) => String(readForm(page, form).fields['request']);

  it('carries the stored request on, whatever else its fields say', async () => {
    let page = await ask();
    page = await browser.submit(page, 'login-form', {
      username: 'alice',
      password: ALICE_PASSWORD,
      ...OTHER_REQUEST,
    });
    expect(isConsent(page)).toBe(true);
    page = await browser.submit(page, 'consent-approve', { decision: 'approve', ...OTHER_REQUEST });
    expect(page.headers.location).toContain(`${WEB_REDIRECT}?`);
    expect(responseOf(page)).toEqual({ code: expect.any(String), state: 's1', iss: issuer });
    const form = { code: responseOf(page)['code'], code_verifier: verifier };
    expect(expectTokens(await redeem({ ...acme, issuer }, form))['scope']).toBe('openid');
    const consents = await platform.database.query('SELECT client_id, scopes FROM consents');
    expect(consents).toEqual([{ client_id: 'web', scopes: ['openid'] }]);
  });

  it('goes on with the request of no other browser', async () => {
    const victim = new TestBrowser();
    const theirs = await signedIn({}, victim);
    const request = requestOf(theirs, 'consent-approve');
    const mine = await signedIn();
    for (const page of [
      await browser.submit(mine, 'consent-approve', { decision: 'approve', request }),
      await browser.submit(mine, 'consent-deny', { decision: 'deny', request }),
      await browser.submit(await ask({ prompt: 'login' }), 'login-form', {
        username: 'alice',
        password: ALICE_PASSWORD,
        request,
      }),
      await browser.submit(await ask({ prompt: 'select_account' }), '/sign-in/continue', { request }),
    ]) {
      expectErrorPage(page, 400, 'invalid_request');
    }
    expect(responseOf(await victim.decide(theirs, 'approve'))).toHaveProperty('code');
  });

  it('goes on with the request of no other tenant', async () => {
    const elsewhere = kind === 'path' ? globex.issuer : globex.hostIssuer;
    const theirs = await browser.open(authorizeUrl(elsewhere, PKCE));
    const request = requestOf(theirs, 'login-form');
    const page = await browser.submit(await signedIn(), 'consent-approve', { decision: 'approve', request });
    expectErrorPage(page, 400, 'invalid_request');
    for (const path of ['sign-in', 'consent', 'authorize/resume', 'authorize/restart']) {
      expectErrorPage(await browser.open(`${issuer}/${path}?request=${request}`), 400, 'invalid_request');
    }
    expect(isConsent(await browser.signIn(theirs, 'alice', ALICE_PASSWORD))).toBe(true);
  });

  it('takes the token of no other form, and of no other tenant’s', async () => {
    const mine = await signedIn();
    const elsewhere = kind === 'path' ? globex.issuer : globex.hostIssuer;
    const there = await browser.open(authorizeUrl(elsewhere, PKCE));
    const theirs = await browser.signIn(there, 'alice', ALICE_PASSWORD);
    const ofSignIn = await ask({ prompt: 'login' });
    for (const csrf of [
      readForm(theirs, 'consent-approve').fields['csrf'],
      readForm(ofSignIn, 'login-form').fields['csrf'],
      '',
    ]) {
      const page = await browser.submit(mine, 'consent-approve', { decision: 'approve', csrf: String(csrf) });
      expectErrorPage(page, 403, 'invalid_request');
    }
    expect(responseOf(await browser.decide(mine, 'approve'))).toHaveProperty('code');
  });

  it.each(['begin', 'restart', 'constructor', '__proto__', 'Approve', 'approve '])(
    'takes %j for no decision',
    async (decision) => {
      const before = await codes();
      const page = await browser.submit(await signedIn(), 'consent-approve', { decision });
      expectErrorPage(page, 400, 'invalid_request');
      expect(await codes()).toEqual(before);
    },
  );

  it('decides nothing by GET', async () => {
    const page = await signedIn();
    const request = requestOf(page, 'consent-approve');
    const { csrf } = readForm(page, 'consent-approve').fields;
    const query = encodeForm({ request, csrf, decision: 'approve' });
    expect(isConsent(await browser.open(`${issuer}/consent?${query}`))).toBe(true);
    expect(await platform.database.query('SELECT 1 FROM consents')).toEqual([]);
  });
});

describe('a step that was not offered', () => {
  let browser: TestBrowser;
  let tokens: Readonly<Record<'consent' | 'continue', string>>;
  beforeEach(async () => {
    browser = new TestBrowser();
    await getCode(acme.issuer, {}, browser);
    const consent = readForm(await ask({ prompt: 'consent' }), 'consent-approve').fields;
    const continued = readForm(await ask({ prompt: 'select_account' }), '/sign-in/continue').fields;
    tokens = { consent: String(consent['csrf']), continue: String(continued['csrf']) };
  });

  const ask = (params: AuthorizeParams) => browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
  /** A form that its page did not have, with a token that is good for it. */
  const press = async (form: 'consent' | 'continue', request: string) => {
    const { origin } = new URL(acme.issuer);
    const path = form === 'consent' ? 'consent' : 'sign-in/continue';
    const body = encodeForm({ request, csrf: tokens[form], decision: 'approve' });
    const headers = { accept: 'text/html', origin, 'sec-fetch-site': 'same-origin' };
    const page = await browser.request('POST', `${acme.issuer}/${path}`, body, headers);
    const { location } = page.headers;
    return location?.startsWith('/') ? browser.open(new URL(location, origin).href) : page;
  };
  const requestOf = (page: Page) => String(readForm(page, 'login-form').fields['request']);

  it.each<[string, AuthorizeParams]>([
    ['prompt=login', { prompt: 'login' }],
    ['prompt=login select_account', { prompt: 'login select_account' }],
    ['prompt=login consent', { prompt: 'login consent' }],
    ['max_age=0', { max_age: '0' }],
  ])('does not spare the password that was asked for: %s', async (_, params) => {
    const page = await ask(params);
    expect(isSignIn(page)).toBe(true);
    expect(isSignIn(await press('consent', requestOf(page)))).toBe(true);
    expect(isSignIn(await press('continue', requestOf(page)))).toBe(true);
    const done = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect(isConsent(done) || responseOf(done)['code'] !== undefined).toBe(true);
  });

  it('does not answer for the person the client means with the one who is signed in', async () => {
    const ofAlice = String((await getTokens(acme, {}, browser))['id_token']);
    await browser.signIn(await ask({ prompt: 'login' }), 'bob', BOB_PASSWORD);
    const page = await ask({ id_token_hint: ofAlice });
    const consent = await ask({ prompt: 'consent' });
    tokens = { ...tokens, consent: String(readForm(consent, 'consent-approve').fields['csrf']) };
    expect(isSignIn(await press('consent', requestOf(page)))).toBe(true);
  });

  it('does not get a silent request past the question', async () => {
    const form = { client_id: 'other', redirect_uri: WEB_REDIRECT, response_type: 'code', state: 's1', prompt: 'none' };
    const body = encodeForm({ ...form, ...PKCE });
    const posted = await new TestBrowser().request('POST', `${acme.issuer}/authorize`, body);
    const [, request = ''] = /request=([0-9a-f-]{36})$/.exec(posted.headers.location ?? '') ?? [];
    const page = await press('consent', request);
    expectErrorResponse(page, WEB_REDIRECT, { error: 'consent_required', state: 's1', iss: acme.issuer });
  });

  it('is judged by what holds when it is taken', async () => {
    const at = '/tenants/acme/clients/other';
    const before = { scope: 'openid profile email address phone offline_access orders:read orders:write stock:read' };
    const request = { client_id: 'other', scope: 'openid orders:write' };
    const narrowed = await ask(request);
    await platform.operator.patch(at, { scope: 'openid' });
    const refused = await browser.decide(narrowed, 'approve');
    await platform.operator.patch(at, before);
    expectErrorResponse(refused, WEB_REDIRECT, { error: 'invalid_scope', state: 's1', iss: acme.issuer });

    const disabled = await ask(request);
    await platform.operator.patch(at, { enabled: false });
    const nowhere = await browser.decide(disabled, 'approve');
    await platform.operator.patch(at, { enabled: true });
    expectErrorPage(nowhere, 400, 'invalid_client');
  });
});
