import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Page, TestBrowser } from '../../support/browser.js';
import { expectErrorPage } from '../../support/expect-answer.js';
import { encodeForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { signAsTenant } from '../../support/sign-as-tenant.js';
import { authorizeUrl, getTokens, introspect, pkce, responseOf } from '../../support/tenant-fixture.js';

const OUT = 'https://rp.test/out';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let browser: TestBrowser;
let idToken: string;
let accessToken: string;

beforeEach(async () => {
  browser = new TestBrowser();
  const tokens = await getTokens(acme, {}, browser);
  [idToken, accessToken] = [String(tokens['id_token']), String(tokens['access_token'])];
});

const logout = (params: Record<string, string | readonly string[]>, by = browser) =>
  by.open(`${acme.issuer}/end-session?${encodeForm(params)}`);

async function isSignedIn(by = browser): Promise<boolean> {
  const { challenge } = pkce();
  const params = { code_challenge: challenge, code_challenge_method: 'S256', prompt: 'none' };
  return responseOf(await by.open(authorizeUrl(acme.issuer, params)))['error'] !== 'login_required';
}

describe('OpenID Connect RP-Initiated Logout §2: a client that proves whom it means', () => {
  it('ends the session at once and goes back with the state', async () => {
    const page = await logout({ id_token_hint: idToken, post_logout_redirect_uri: OUT, state: 'a b&c' });
    expect([page.status, page.headers.location]).toEqual([303, `${OUT}?state=a+b%26c`]);
    expect(await isSignedIn()).toBe(false);
    expect(await introspect(acme, accessToken)).toEqual({ active: false });
    expect(browser.cookie('session')).toBe('');
  });

  it('reads its query to the end, also when there is another question mark in it (RFC 3986 §3.4)', async () => {
    const registered = `${OUT}?from=us`;
    const at = '/tenants/acme/clients/web';
    await platform.operator.patch(at, { post_logout_redirect_uris: [OUT, registered] });
    const query = `id_token_hint=${idToken}&post_logout_redirect_uri=${registered}&state=s`;
    const page = await browser.open(`${acme.issuer}/end-session?${query}`);
    await platform.operator.patch(at, { post_logout_redirect_uris: [OUT] });
    expect([page.status, page.headers.location]).toEqual([303, `${registered}&state=s`]);
  });

  it('shows that it is done when there is nowhere to go', async () => {
    expect((await logout({ id_token_hint: idToken })).text).toContain('id="logged-out"');
    expect(await isSignedIn()).toBe(false);
  });

  it('makes the old cookie worthless, not only forgotten', async () => {
    const cookie = browser.cookieHeader(`${acme.issuer}/account`);
    await logout({ id_token_hint: idToken });
    const page = await new TestBrowser().open(`${acme.issuer}/account`, { cookie });
    expect(page.text).not.toContain('Alice');
  });

  it('takes a hint that has expired', async () => {
    const hour = 3600;
    const { iat, exp, ...claims } = decodeJwt(idToken);
    const old = { ...claims, iat: Number(iat) - hour, exp: Number(exp) - hour };
    await logout({ id_token_hint: await signAsTenant(platform, acme, old) });
    expect(await isSignedIn()).toBe(false);
  });
});

describe('OpenID Connect RP-Initiated Logout §3: where it goes back to', () => {
  /** The person is asked, and afterwards stays here. */
  async function expectQuestion(page: Page): Promise<void> {
    expect([page.status, page.headers.location]).toEqual([200, undefined]);
    expect(page.text).toContain('id="logout-confirm"');
    expect(await isSignedIn()).toBe(true);
    const done = await browser.submit(page, 'logout-confirm');
    expect([done.status, done.headers.location]).toEqual([200, undefined]);
    expect(done.text).toContain('id="logged-out"');
    expect(await isSignedIn()).toBe(false);
  }

  it.each([
    'https://rp.test/out/',
    'https://rp.test/out?x=1',
    'https://rp.test/cb',
    'https://evil.test/out',
    'https://RP.test/out',
    'javascript:alert(1)',
    '//evil.test/out',
  ])('not to %s, which is not registered for it', async (uri) => {
    const page = await logout({ id_token_hint: idToken, post_logout_redirect_uri: uri });
    await expectQuestion(page);
    expect(page.text).not.toContain('evil.test');
  });

  it('by POST neither, and the address of the question can be opened again', async () => {
    const form = encodeForm({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.test/out' });
    const answer = await browser.request('POST', `${acme.issuer}/end-session`, form, { accept: 'text/html' });
    const address = new URL(answer.headers.location ?? '', acme.issuer).href;
    expect((await browser.open(address)).text).toContain('id="logout-confirm"');
    await expectQuestion(await browser.open(address));
  });

  it('but to the page of the client when the person asks for it', async () => {
    const at = '/tenants/acme/clients/web';
    await platform.operator.patch(at, { client_uri: 'https://rp.test/start' });
    const page = await logout({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.test/out' });
    const done = await browser.submit(page, 'logout-confirm');
    await platform.operator.patch(at, { client_uri: null });
    expect(done.text).toContain('href="https://rp.test/start"');
  });

  it.each(['https://rp.test/out?x=1', 'https://rp.test/out?'])('not to %s, sent as it is', async (uri) => {
    // RFC 3986 §3.4: a question mark may stand in a query.
    const address = `${acme.issuer}/end-session?id_token_hint=${idToken}&post_logout_redirect_uri=${uri}`;
    await expectQuestion(await browser.open(address));
  });

  it('not to a port that does not exist, and there is still no 500', async () => {
    await platform.operator.create('/tenants/acme/clients', {
      client_id: 'desktop',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/cb'],
      post_logout_redirect_uris: ['http://127.0.0.1/out'],
    });
    const params = { client_id: 'desktop', post_logout_redirect_uri: 'http://127.0.0.1:65536/out' };
    const page = await logout(params);
    expect(page.text).toContain('id="logout-confirm"');
    const done = await browser.submit(page, 'logout-confirm');
    expect(done.headers.location).toBeUndefined();
    expect(done.text).toContain('id="logged-out"');
  });

  it('not to the address of another client than the hint’s', async () => {
    const params = { id_token_hint: idToken, client_id: 'other', post_logout_redirect_uri: OUT };
    const page = await logout(params);
    expect(page.headers.location).toBeUndefined();
    expect(page.text).toContain('id="logout-confirm"');
  });

  it('straight back when nobody is signed in', async () => {
    const params = { id_token_hint: idToken, post_logout_redirect_uri: OUT };
    const page = await logout(params, new TestBrowser());
    expect([page.status, page.headers.location]).toEqual([303, OUT]);
  });
});

describe('OpenID Connect RP-Initiated Logout §2: without proof the person is asked', () => {
  it.each<[string, () => Record<string, string>]>([
    ['nothing', () => ({})],
    ['only a client_id', () => ({ client_id: 'web' })],
    ['a hint that is no ID token', () => ({ id_token_hint: 'a.b.c' })],
    ['an access token as hint', () => ({ id_token_hint: accessToken })],
    ['a forged hint', () => ({ id_token_hint: `${idToken.slice(0, -4)}AAAA` })],
  ])('%s', async (_, params) => {
    const page = await logout(params());
    expect(page.status).toBe(200);
    expect(page.text).toContain('id="logout-confirm"');
    expect(await isSignedIn()).toBe(true);
  });

  it('asks when the hint means somebody else', async () => {
    const password = 'a long enough passphrase 7';
    const username = 'bob';
    await platform.operator.create('/tenants/acme/users', { username, password });
    const bobs = new TestBrowser();
    const { challenge } = pkce();
    const request = { code_challenge: challenge, code_challenge_method: 'S256' };
    await bobs.signIn(await bobs.open(authorizeUrl(acme.issuer, request)), username, password);
    expect((await logout({ id_token_hint: idToken }, bobs)).text).toContain('id="logout-confirm"');
  });

  it('goes back to the client that named itself, after the person said yes', async () => {
    const page = await logout({ client_id: 'web', post_logout_redirect_uri: OUT, state: 's' });
    const done = await browser.submit(page, 'logout-confirm');
    expect([done.status, done.headers.location]).toEqual([303, `${OUT}?state=s`]);
    expect(await isSignedIn()).toBe(false);
  });

  it('does not take a yes without the form’s token', async () => {
    const headers = { 'sec-fetch-site': 'same-origin', accept: 'text/html' };
    const page = await browser.request('POST', `${acme.issuer}/end-session/confirm`, 'x=y', headers);
    expect(page.status).toBe(403);
    expect(await isSignedIn()).toBe(true);
  });
});

describe('OpenID Connect RP-Initiated Logout §2: GET and POST', () => {
  it('takes a POST from the client’s page, whose cookies stay behind', async () => {
    const form = encodeForm({ id_token_hint: idToken, post_logout_redirect_uri: OUT, state: 's' });
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://rp.test', accept: 'text/html' };
    const posted = await new TestBrowser().request('POST', `${acme.issuer}/end-session`, form, headers);
    expect(posted.status).toBe(303);
    const page = await browser.open(new URL(posted.headers.location ?? '', acme.issuer).href);
    expect(page.headers.location).toBe(`${OUT}?state=s`);
    expect(await isSignedIn()).toBe(false);
  });

  it('refuses repeated parameters', async () => {
    const page = await logout({ id_token_hint: idToken, state: ['a', 'b'] });
    expect(page.status).toBe(400);
    expect(page.text).toContain('data-error="invalid_request"');
    expect(await isSignedIn()).toBe(true);
  });

  it('returns a state of 8 kB, and refuses a longer one by GET and POST', async () => {
    const post = async (state: string) => {
      const form = encodeForm({ id_token_hint: idToken, post_logout_redirect_uri: OUT, state });
      const page = await browser.request('POST', `${acme.issuer}/end-session`, form, { accept: 'text/html' });
      const { location } = page.headers;
      return location === undefined ? page : browser.open(new URL(location, acme.issuer).href);
    };
    for (const state of ['a'.repeat(8193), '語'.repeat(2731), 'a'.repeat(60_000)]) {
      expectErrorPage(await post(state), 400, 'invalid_request');
    }
    expectErrorPage(await logout({ id_token_hint: idToken, state: 'a'.repeat(8193) }), 400, 'invalid_request');
    expect(await isSignedIn()).toBe(true);
    const { location = '' } = (await post('a'.repeat(8192))).headers;
    expect(new URL(location).searchParams.get('state')).toBe('a'.repeat(8192));
  });

  it('refuses them behind a second question mark as well', async () => {
    const page = await browser.open(`${acme.issuer}/end-session?id_token_hint=${idToken}&state=a?&state=b`);
    expectErrorPage(page, 400, 'invalid_request');
    expect(await isSignedIn()).toBe(true);
  });

  it('does nothing for a HEAD', async () => {
    const page = await browser.request('HEAD', `${acme.issuer}/end-session?id_token_hint=${idToken}`);
    expect([page.status, page.headers.allow]).toEqual([405, 'GET, POST']);
    expect(await isSignedIn()).toBe(true);
  });
});
