import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let browser: TestBrowser;

beforeAll(() => platform.operator.patch('/tenants/acme', { policy: { sign_in_form: 'identifier_first' } }));

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  browser = new TestBrowser();
});

const ask = (params: object = {}) => browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const identify = (page: Page, username: string) => browser.submit(page, 'login-form', { username });
/** A browser sends the field that is kept out of sight as well. */
const prove = (page: Page, password = ALICE_PASSWORD) =>
  browser.submit(page, 'login-form', {
    username: /name="username" value="([^"]*)"/.exec(page.text)?.[1] ?? '',
    password,
  });

/** The page without what differs from request to request, and without the name. */
const shapeOf = (page: Page, name: string) =>
  page.text
    .replace(/(value|nonce)="[^"]*"/g, '$1=""')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replaceAll(name, 'NAME');

const isFirst = (page: Page) => page.text.includes('id="username"') && !page.text.includes('id="password"');
const isSecond = (page: Page) => !page.text.includes('id="username"') && page.text.includes('id="password"');

describe('a sign-in in steps', () => {
  it('asks who it is, then for the password, and goes on', async () => {
    const first = await ask();
    expect(isFirst(first)).toBe(true);
    expect(first.text).toMatch(/id="username"[^>]* autocomplete="username webauthn"/);
    const second = await identify(first, 'alice');
    expect(isSecond(second)).toBe(true);
    expect(second.text).toMatch(/name="username" value="alice" autocomplete="username" hidden/);
    expect(second.url).not.toContain('alice');
    const consent = await prove(second);
    expect(responseOf(await browser.decide(consent, 'approve'))).toHaveProperty('code');
    expect(browser.cookie('identifier')).toBe('');
  });

  it('tells of no name whether there is an account, nor how it signs in', async () => {
    const known = await identify(await ask(), 'alice');
    const unknown = await identify(await ask(), 'nobody');
    expect(unknown.status).toBe(known.status);
    expect(shapeOf(unknown, 'nobody')).toBe(shapeOf(known, 'alice'));
    const refused = await prove(known, 'wrong');
    const refusedToo = await prove(unknown, 'wrong');
    expect([refused.status, refusedToo.status]).toEqual([400, 400]);
    expect(shapeOf(refusedToo, 'nobody')).toBe(shapeOf(refused, 'alice'));
  });

  it('lets somebody else begin, and stays with the name otherwise: reload, language, another tab', async () => {
    const second = await identify(await ask(), 'alice');
    expect(isSecond(await browser.open(second.url))).toBe(true);
    const other = /id="sign-in-other" href="([^"]*)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const first = await browser.open(new URL(other, second.url).href);
    expect(isFirst(first)).toBe(true);
    expect(first.text).not.toContain('alice');
    expect(isFirst(await ask())).toBe(true);
  });

  it('login_hint leads to the second page', async () => {
    const page = await ask({ login_hint: 'alice' });
    expect(isSecond(page)).toBe(true);
    const consent = await prove(page);
    const answer = consent.text === '' ? consent : await browser.decide(consent, 'approve');
    expect(responseOf(answer)).toHaveProperty('code');
  });

  it('a missing name or password is asked for again', async () => {
    const none = await identify(await ask(), '');
    expect([none.status, isFirst(none)]).toEqual([400, true]);
    const second = await prove(await identify(none, 'alice'), '');
    expect([second.status, isSecond(second)]).toEqual([400, true]);
    expect(second.text).toContain('value="alice"');
  });

  it('leads to the account pages as well, and asks for a fresh proof of who is signed in', async () => {
    const second = await identify(await browser.open(`${acme.issuer}/account/sessions`), 'alice');
    expect((await prove(second)).url).toBe(`${acme.issuer}/account/sessions`);
    expect(isSecond(await ask({ prompt: 'login' }))).toBe(true);
  });

  it('asks whoever is signed in again, also when they type their name anew', async () => {
    await prove(await identify(await ask(), 'alice'));
    const again = await browser.open(`${(await ask({ prompt: 'consent' })).url.replace('/consent', '/sign-in')}&again`);
    const other = await browser.open(`${again.url}&other`);
    expect(isFirst(other)).toBe(true);
    expect(isSecond(await identify(other, 'alice'))).toBe(true);
  });

  it('takes any text as a name, in full or cut, and shows it as text', async () => {
    const second = await identify(await ask(), `<b>${'ä€'.repeat(2000)}`);
    expect(second.status).toBe(200);
    expect(second.text).not.toContain('<b>ä');
    const odd = `${acme.issuer}/sign-in`;
    for (const value of ['.', '.%00', '.!!!', '=', 'x'.repeat(3000)]) {
      const headers = { cookie: `acme-identifier=${value}`, accept: 'text/html' };
      expect((await new TestBrowser().request('GET', odd, undefined, headers)).status).toBe(200);
    }
  });

  it('is the tenant’s own choice, and its cookie says nothing to another', async () => {
    await identify(await browser.open(`${acme.issuer}/sign-in`), 'alice');
    const page = await browser.open(`${globex.issuer}/sign-in`);
    expect(page.text).toContain('id="password"');
    expect(page.text).toContain('id="username"');
    expect(page.text).not.toContain('alice');
  });

  it('is refused as a policy by any other name', async () => {
    const answer = await platform.operator.request(
      'PATCH',
      '/tenants/acme',
      { policy: { sign_in_form: 'two' } },
      { 'if-match': '*' },
    );
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('/policy/sign_in_form')]);
  });
});
