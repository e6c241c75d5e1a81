import { describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import {
  ALICE_PASSWORD,
  type AuthorizeParams,
  WEB_REDIRECT,
  authorizeUrl,
  pkce,
  redeem,
  responseOf,
} from '../support/tenant-fixture.js';

const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const ask = (browser: TestBrowser, params: AuthorizeParams = {}) =>
  browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));

const requestOf = (page: Parameters<typeof readForm>[0]) => String(readForm(page, 'login-form').fields['request']);

describe('several authorization requests in one browser', () => {
  it('do not disturb each other: each tab gets its own answer, in any order', async () => {
    const browser = new TestBrowser();
    const tabs = [];
    for (const state of ['one', 'two', 'three']) tabs.push(await ask(browser, { state, client_id: 'web' }));
    const [one, two, three] = tabs;
    if (!one || !two || !three) throw new Error('unreachable');

    let second = await browser.signIn(two, 'alice', ALICE_PASSWORD);
    second = await browser.decide(second, 'approve');
    expect(responseOf(second)['state']).toBe('two');
    // The other tabs still show the sign-in page they loaded before.
    for (const [page, state] of [
      [three, 'three'],
      [one, 'one'],
    ] as const) {
      const again = await browser.open(`${acme.issuer}/sign-in?request=${requestOf(page)}`);
      expect(responseOf(again)['state']).toBe(state);
      expect((await redeem(acme, { code: responseOf(again)['code'], code_verifier: verifier })).status).toBe(200);
    }
  });

  it('do not disturb each other when they begin at once, before the browser has a cookie', async () => {
    const browser = new TestBrowser();
    const states = ['one', 'two', 'three'];
    const urls = states.map((state) => authorizeUrl(acme.issuer, { ...PKCE, state }));
    // The answers come only when all have been asked.
    const pages = await Promise.all(urls.map((url) => browser.request('GET', url)));
    for (const [index, page] of pages.entries()) {
      let next = await browser.signIn(page, 'alice', ALICE_PASSWORD);
      if (next.text.includes('id="consent-approve"')) next = await browser.decide(next, 'approve');
      expect(responseOf(next)).toMatchObject({ code: expect.any(String), state: states[index] });
    }
  });

  it('of different clients each show their own consent', async () => {
    const browser = new TestBrowser();
    await browser.signIn(await ask(browser), 'alice', ALICE_PASSWORD);
    const [web, other] = [
      await ask(browser, { prompt: 'consent' }),
      await ask(browser, { client_id: 'other', prompt: 'consent' }),
    ];
    expect(web.text).toContain('<bdi>Web</bdi>');
    expect(other.text).toContain('<bdi>Other</bdi>');
    expect(responseOf(await browser.decide(web, 'deny'))['error']).toBe('access_denied');
    expect(responseOf(await browser.decide(other, 'approve'))).toHaveProperty('code');
  });
});

describe('a pending request', () => {
  it('belongs to its browser: knowing its number is not enough', async () => {
    const page = await ask(new TestBrowser());
    const stranger = new TestBrowser();
    await ask(stranger);
    for (const path of ['sign-in', 'consent', 'authorize/resume', 'authorize/restart']) {
      const address = `${acme.issuer}/${path}?request=${requestOf(page)}`;
      expectErrorPage(await stranger.open(address), 400, 'invalid_request');
      expectErrorPage(await new TestBrowser().open(address), 400, 'invalid_request');
    }
  });

  it.each(['', 'x', '00000000-0000-4000-8000-000000000000', "' OR 1=1"])('is refused as %j', async (id) => {
    const address = `${acme.issuer}/sign-in?request=${encodeURIComponent(id)}`;
    expectErrorPage(await new TestBrowser().open(address), 400, 'invalid_request');
  });

  it('is judged anew when it goes on: a redirect URI that was removed gets nothing', async () => {
    const browser = new TestBrowser();
    const page = await ask(browser);
    const at = '/tenants/acme/clients/web';
    await platform.operator.patch(at, { redirect_uris: ['https://rp.test/new'] });
    const answer = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    await platform.operator.patch(at, { redirect_uris: [WEB_REDIRECT] });
    expectErrorPage(answer, 400, 'invalid_request');
  });
});

describe('an expired request', () => {
  async function expired(browser: TestBrowser, params: AuthorizeParams = {}) {
    const page = await ask(browser, params);
    await platform.database.query('UPDATE authorization_requests SET expires_at = now() WHERE completed_at IS NULL');
    return browser.open(`${acme.issuer}/sign-in?request=${requestOf(page)}`);
  }

  it('says so, offers to begin anew, and the way back to the application', async () => {
    const page = await expired(new TestBrowser());
    expect(page.status).toBe(400);
    expect(page.headers.location).toBeUndefined();
    expect(page.text).toContain('id="error-page"');
    expect(page.text).toMatch(/href="[^"]*\/authorize\/restart\?request=[0-9a-f-]{36}"/);
    const [, back = ''] = /href="(https:\/\/rp\.test\/cb[^"]*)"/.exec(page.text) ?? [];
    const params = new URL(back.replaceAll('&amp;', '&')).searchParams;
    expect(Object.fromEntries(params)).toMatchObject({ error: 'access_denied', state: 's1', iss: acme.issuer });
  });

  it('that wanted its answer as a form offers the way back as one', async () => {
    const page = await expired(new TestBrowser(), { response_mode: 'form_post' });
    expectErrorPage(page, 400, 'login_required');
    const { action, method, fields } = readForm(page, '/cb');
    expect([action, method]).toEqual([WEB_REDIRECT, 'POST']);
    expect(fields).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: 's1',
      iss: acme.issuer,
    });
    expect(page.text).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https:;");
  });

  it.each(['query', 'form_post'])(
    'leads to no redirect URI that is not registered any more (%s)',
    async (response_mode) => {
      const at = '/tenants/acme/clients/web';
      const browser = new TestBrowser();
      const page = await ask(browser, { response_mode });
      await platform.database.query('UPDATE authorization_requests SET expires_at = now() WHERE completed_at IS NULL');
      await platform.operator.patch(at, { redirect_uris: ['https://rp.test/new'] });
      const answer = await browser.open(`${acme.issuer}/sign-in?request=${requestOf(page)}`);
      await platform.operator.patch(at, { redirect_uris: [WEB_REDIRECT] });
      expectErrorPage(answer, 400, 'invalid_request');
      expect(answer.text).not.toContain('rp.test');
      expect(answer.headers['content-security-policy']).toContain("form-action 'self';");
    },
  );

  it('begins anew with the same parameters', async () => {
    const browser = new TestBrowser();
    const page = await expired(browser, { state: 'kept' });
    const [, href = ''] = /href="([^"]*\/authorize\/restart[^"]*)"/.exec(page.text) ?? [];
    let next = await browser.open(new URL(href, acme.issuer).href);
    next = await browser.signIn(next, 'alice', ALICE_PASSWORD);
    if (next.status === 200) next = await browser.decide(next, 'approve');
    expect(responseOf(next)).toMatchObject({ code: expect.any(String), state: 'kept' });
  });

  it('takes no password any more', async () => {
    const browser = new TestBrowser();
    const page = await ask(browser);
    await platform.database.query('UPDATE authorization_requests SET expires_at = now() WHERE completed_at IS NULL');
    const answer = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect(answer.status).toBe(400);
    expect(browser.cookie('session')).toBe('');
  });
});
