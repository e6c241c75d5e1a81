import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import {
  ALICE_PASSWORD,
  type AuthorizeParams,
  type TenantFixture,
  authorizeUrl,
  createTenant,
  pkce,
  responseOf,
} from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;
let browser: TestBrowser;

beforeAll(async () => {
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
});
beforeEach(async () => {
  await platform.database.query('DELETE FROM consents');
  browser = new TestBrowser();
});

const ask = (params: AuthorizeParams = {}) => browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const signIn = (page: Page) => browser.signIn(page, 'alice', ALICE_PASSWORD);

const languageOf = (page: Page) => /<html lang="([a-z]+)"/.exec(page.text)?.[1];

/** Where the page links to itself in another language. */
const linkTo = (page: Page, language: string) =>
  new RegExp(`<a href="([^"]*)" lang="${language}" hreflang="${language}">`).exec(page.text)?.[1];

/** Follows that link. */
async function read(page: Page, language: string): Promise<Page> {
  const href = linkTo(page, language);
  if (href === undefined) throw new Error(`The page is not offered in ${language}.`);
  return browser.open(new URL(href.replaceAll('&amp;', '&'), page.url).href, { 'sec-fetch-site': 'same-origin' });
}

const countRequests = async () =>
  (await platform.database.query('SELECT 1 FROM authorization_requests WHERE completed_at IS NULL')).length;

describe('the language of a page can be changed', () => {
  it('on the way through sign-in and consent, which stays one authorization request', async () => {
    const english = await ask({ state: 'kept', prompt: 'consent' });
    expect(languageOf(english)).toBe('en');
    const before = await countRequests();
    const german = await read(english, 'de');
    expect([german.status, languageOf(german)]).toEqual([200, 'de']);
    expect(readForm(german, 'login-form').fields['request']).toBe(readForm(english, 'login-form').fields['request']);
    expect(linkTo(german, 'de')).toBeUndefined();

    const consent = await signIn(german);
    expect(languageOf(consent)).toBe('de');
    const englishAgain = await read(consent, 'en');
    expect([englishAgain.status, languageOf(englishAgain)]).toEqual([200, 'en']);
    expect(await countRequests()).toBe(before);
    const answer = await browser.decide(englishAgain, 'approve');
    expect(responseOf(answer)).toMatchObject({ code: expect.any(String), state: 'kept' });
  });

  it('after a wrong password: the page that follows signs in', async () => {
    const refused = await browser.signIn(await ask(), 'alice', 'not the password');
    expect(refused.status).toBe(400);
    const german = await read(refused, 'de');
    expect([german.status, languageOf(german)]).toEqual([200, 'de']);
    expect((await signIn(german)).text).toContain('id="consent-approve"');
  });

  it('where the request asks for an account, or to sign in again', async () => {
    await signIn(await ask());
    for (const prompt of ['select_account', 'login']) {
      const page = await ask({ prompt, ui_locales: 'en' });
      const german = await read(page, 'de');
      expect([languageOf(german), german.text.includes('id="login-form"')]).toEqual(['de', true]);
      expect(german.text.includes('/sign-in/continue')).toBe(prompt === 'select_account');
      await read(german, 'en');
    }
  });

  it('on the account page, when signing out, and afterwards', async () => {
    const account = await signIn(await browser.open(`${acme.issuer}/account`));
    const german = await read(account, 'de');
    expect([german.url, languageOf(german)]).toEqual([`${acme.issuer}/account`, 'de']);
    const english = await read(await browser.open(`${acme.issuer}/account/sessions`), 'en');
    const sessions = await read(english, 'de');
    expect([sessions.url, languageOf(sessions)]).toEqual([`${acme.issuer}/account/sessions`, 'de']);
    const query = 'client_id=web&post_logout_redirect_uri=https://rp.test/out&state=s2';
    const signOut = await read(await browser.open(`${acme.issuer}/end-session?${query}`), 'en');
    expect([languageOf(signOut), signOut.text.includes('<bdi>Web</bdi>')]).toEqual(['en', true]);
    expect((await browser.submit(signOut, 'logout-confirm')).headers.location).toBe('https://rp.test/out?state=s2');
    const signedOut = await read(await browser.open(`${acme.issuer}/end-session`), 'de');
    expect([languageOf(signedOut), signedOut.text.includes('id="logged-out"')]).toEqual(['de', true]);
  });

  it('on an expired request, which still can be started again', async () => {
    const page = await ask();
    await platform.database.query('UPDATE authorization_requests SET expires_at = now() WHERE completed_at IS NULL');
    const expired = await read(await signIn(page), 'de');
    expectErrorPage(expired, 400, 'login_required');
    expect(languageOf(expired)).toBe('de');
    expect(expired.text).toContain(`/authorize/restart?request=${readForm(page, 'login-form').fields['request']}`);
  });

  it.each(['GET', 'POST'])('on an error page (%s): it says the same, and the same number', async (method) => {
    const url = authorizeUrl(acme.issuer, { client_id: 'nobody' });
    const [address = '', query = ''] = url.split('?');
    const failed =
      method === 'GET'
        ? await browser.open(url)
        : await browser.request('POST', address, query, { accept: 'text/html' });
    expectErrorPage(failed, 400, 'invalid_client');
    const [, number = 'none'] = /<code>([0-9a-f-]{36})<\/code>/.exec(failed.text) ?? [];
    const german = await read(failed, 'de');
    expectErrorPage(german, 400, 'invalid_client');
    expect(german.text).toContain(`<code>${number}</code>`);
    expect(german.text).toContain('Wir kennen diese Anwendung nicht');
    expect((await read(german, 'en')).text).toContain('We do not know this application');
  });

  it('at the tenant’s host as well', async () => {
    const page = await browser.open(authorizeUrl(acme.hostIssuer, PKCE));
    const german = await read(page, 'de');
    expect([languageOf(german), new URL(german.url).host]).toEqual(['de', new URL(acme.hostIssuer).host]);
    expect(browser.cookieNames).toContain('language');
  });

  it('and is not offered where the page only passes by, or where there is no tenant', async () => {
    const relay = await browser.decide(await signIn(await ask({ response_mode: 'form_post' })), 'approve');
    expect(relay.text).toContain('id="form-post"');
    const nobody = await browser.open(`${platform.url}/t/nobody/sign-in`);
    for (const page of [relay, nobody]) expect(page.text).not.toContain('hreflang');
  });
});

describe('the chosen language', () => {
  it('comes before ui_locales, and that before the browser’s', async () => {
    expect(languageOf(await ask({ ui_locales: 'de' }))).toBe('de');
    await read(await ask({ ui_locales: 'de' }), 'en');
    expect(languageOf(await ask({ ui_locales: 'de' }))).toBe('en');
    const header = { 'accept-language': 'de' };
    expect(languageOf(await browser.open(`${acme.issuer}/sign-in`, header))).toBe('en');
    expect(languageOf(await new TestBrowser().open(`${acme.issuer}/sign-in`, header))).toBe('de');
  });

  it('is remembered for this tenant at this address', async () => {
    const chosen = await browser.request('GET', `${acme.issuer}/language/de/sign-in`);
    expect(chosen.headers['set-cookie']).toEqual([
      'acme-language=de; Max-Age=15552000; Path=/t/acme; HttpOnly; SameSite=Lax',
    ]);
    expect([chosen.status, chosen.headers.location]).toEqual([303, '/t/acme/sign-in']);
    expect(chosen.headers['cache-control']).toBe('no-store');
    expect(languageOf(await browser.open(`${acme.issuer}/sign-in`))).toBe('de');
    for (const other of [globex.issuer, acme.hostIssuer]) {
      expect(languageOf(await browser.open(`${other}/sign-in`))).toBe('en');
    }
  });

  it('of another tenant, or anything that is none, counts for nothing', async () => {
    for (const cookie of [
      'globex-language=de',
      'language=de',
      '__Secure-acme-language=de',
      'acme-language=ja',
      'acme-language=de-AT',
      'acme-language=%22%3E%3Cb%3E',
      'acme-language=__proto__',
      `acme-language=${'de '.repeat(1000)}`,
    ]) {
      const { status, text } = await send(`${acme.issuer}/sign-in`, { headers: { cookie } });
      expect([cookie, status, text.includes('<html lang="en"')]).toEqual([cookie, 200, true]);
    }
  });

  it.each(['cross-site', 'same-site', 'none'])('is not chosen by a link from elsewhere (%s)', async (site) => {
    const page = await browser.open(`${acme.issuer}/language/de/sign-in`, { 'sec-fetch-site': site });
    expect([page.url, languageOf(page)]).toEqual([`${acme.issuer}/sign-in`, 'en']);
    expect(browser.cookieNames).not.toContain('acme-language');
  });
});

describe('the address that changes the language', () => {
  it.each([
    'ja/sign-in',
    'DE/sign-in',
    'de/authorize',
    'de/token',
    'de/nowhere',
    'de/',
    'de',
    'de//evil.test',
    'de/%2F%2Fevil.test',
    'de/https:%2F%2Fevil.test',
    'de/..%2F..%2Fglobex%2Fsign-in',
    'de/sign-in/',
    'de/constructor',
    '__proto__/sign-in',
    '%ZZ/sign-in',
    'de/%C0%AF',
    '%00/sign-in',
  ])('leads to pages of ours alone: not for %s', async (path) => {
    const answer = await browser.request('GET', `${acme.issuer}/language/${path}`);
    expect(answer.status).toBe(404);
    expect([answer.headers.location, answer.headers['set-cookie']]).toEqual([undefined, undefined]);
  });

  it('takes the query along as a query', async () => {
    const hostile = '?request=//evil.test&x=%0D%0ASet-Cookie:%20a=b&y=%E9%23https://evil.test';
    const { headers } = await browser.request('GET', `${acme.issuer}/language/de/sign-in${hostile}`);
    expect(headers.location).toMatch(
      /^\/t\/acme\/sign-in\?request=%2F%2Fevil\.test&x=%0D%0ASet-Cookie%3A\+a%3Db&y=%EF%BF%BD%23https%3A%2F%2Fevil\.test$/,
    );
    expect(headers['set-cookie']).toHaveLength(1);
    const atHost = await browser.request('GET', `${acme.hostIssuer}/language/de/account?//evil.test`);
    expect(atHost.headers.location).toBe('/account?%2F%2Fevil.test=');
  });

  it('is nowhere without a tenant', async () => {
    for (const base of [platform.url, `${platform.url}/t/nobody`]) {
      for (const path of ['language/de/sign-in', 'error?error=server_error']) {
        const answer = await send(`${base}/${path}`);
        expect([answer.status, answer.headers['set-cookie']]).toEqual([404, undefined]);
      }
    }
  });
});

describe('the address of an error page', () => {
  it.each([
    '',
    'error=call_0800_scam&id=call+0800+scam',
    'error=%3Cb%3Ecall+0800+scam&reason=call_0800_scam',
    'error=constructor&reason=__proto__&id=0800',
    'error=invalid_request&error=scam_0800&id=0800-scam&id=0800',
  ])('says nothing but what we have texts for: %j', async (query) => {
    const page = await browser.open(`${acme.issuer}/error?${query}`);
    expectErrorPage(page, 400, 'invalid_request');
    expect(page.text).toContain('The application sent an incomplete request');
    expect(page.text).toMatch(/<code>[0-9a-f-]{36}<\/code>/);
    expect(page.text).not.toMatch(/0800|scam|<b>/i);
  });
});
