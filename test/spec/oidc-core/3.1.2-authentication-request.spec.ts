import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { TestBrowser, readForm } from '../../support/browser.js';
import { expectErrorResponse } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
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
} from '../../support/tenant-fixture.js';

const BOB_PASSWORD = 'a long enough passphrase 7';
const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
/** Signed in as alice, who has consented to `web` and `openid`. */
let browser: TestBrowser;

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/users', { username: 'bob', password: BOB_PASSWORD });
  browser = new TestBrowser();
  await getCode(acme.issuer, {}, browser);
});

const ask = (params: AuthorizeParams = {}, by = browser) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const isSignIn = (page: { text: string }) => page.text.includes('id="login-form"');
const isConsent = (page: { text: string }) => page.text.includes('id="consent-approve"');

async function idTokenOf(page: Parameters<typeof responseOf>[0]) {
  const answer = await redeem(acme, { code: responseOf(page)['code'], code_verifier: verifier });
  return decodeJwt(String(answer.json()['id_token']));
}

/** As if the person had signed in so much earlier. */
const ageSignIn = (seconds: number) =>
  platform.database.query('UPDATE sessions SET auth_time = auth_time - make_interval(secs => $1)', [seconds]);

describe('OpenID Connect Core §3.1.2.1: prompt', () => {
  it('absent: the signed-in person with consent sees no page', async () => {
    expect(responseOf(await ask())).toEqual({ code: expect.any(String), state: 's1', iss: acme.issuer });
  });

  it('none: answers at once for the signed-in person with consent', async () => {
    expect(responseOf(await ask({ prompt: 'none' }))).toHaveProperty('code');
  });

  it('none: login_required for a stranger, consent_required for more, never a page', async () => {
    const stranger = await ask({ prompt: 'none' }, new TestBrowser());
    expectErrorResponse(stranger, WEB_REDIRECT, { error: 'login_required', state: 's1', iss: acme.issuer });
    const more = await ask({ prompt: 'none', scope: 'openid email' });
    expectErrorResponse(more, WEB_REDIRECT, { error: 'consent_required', state: 's1', iss: acme.issuer });
  });

  it('login: asks for the password again, once, and moves auth_time', async () => {
    await ageSignIn(100);
    const before = await idTokenOf(await ask());
    const page = await ask({ prompt: 'login' });
    expect(isSignIn(page)).toBe(true);
    const after = await idTokenOf(await browser.signIn(page, 'alice', ALICE_PASSWORD));
    expect(Number(after['auth_time'])).toBeGreaterThanOrEqual(Number(before['auth_time']) + 100);
    expect(after['sid']).toBe(before['sid']);
  });

  it('login: the page knows whom it asks (WCAG 2.2 §3.3.7), and leaves the field empty for a new choice', async () => {
    expect((await ask({ prompt: 'login' })).text).toContain('value="alice"');
    expect((await ask({ prompt: 'login', login_hint: 'bob' })).text).toContain('value="bob"');
    for (const prompt of ['select_account', 'login select_account']) {
      expect((await ask({ prompt })).text).not.toContain('value="alice"');
    }
    expect((await ask({ prompt: 'login' }, new TestBrowser())).text).not.toContain('value="alice"');
  });

  it('login: a person cannot get around it by going back to the request', async () => {
    const page = await ask({ prompt: 'login' });
    const { request } = readForm(page, 'login-form').fields;
    expect(isSignIn(await browser.open(`${acme.issuer}/authorize/resume?request=${request}`))).toBe(true);
    expect(isSignIn(await browser.open(`${acme.issuer}/consent?request=${request}`))).toBe(true);
  });

  it('consent: asks again although everything is allowed', async () => {
    const page = await ask({ prompt: 'consent' });
    expect(isConsent(page)).toBe(true);
    expect(responseOf(await browser.decide(page, 'approve'))).toHaveProperty('code');
  });

  it('login consent: both', async () => {
    const page = await browser.signIn(await ask({ prompt: 'login consent' }), 'alice', ALICE_PASSWORD);
    expect(isConsent(page)).toBe(true);
  });

  it('select_account: offers to go on as the one who is signed in', async () => {
    const page = await ask({ prompt: 'select_account' });
    expect(isSignIn(page)).toBe(true);
    const continued = await browser.submit(page, '/sign-in/continue');
    expect(responseOf(continued)).toHaveProperty('code');
  });

  it('select_account: and lets another person sign in', async () => {
    const shared = new TestBrowser();
    await getCode(acme.issuer, {}, shared);
    let page = await shared.signIn(await ask({ prompt: 'select_account' }, shared), 'bob', BOB_PASSWORD);
    page = await shared.decide(page, 'approve');
    expect((await idTokenOf(page)).sub).not.toBe(acme.aliceId);
  });
});

describe('OpenID Connect Core §3.1.2.1: max_age', () => {
  it('asks for the password when the sign-in is older, and says when it happened', async () => {
    await ageSignIn(120);
    const young = await idTokenOf(await ask({ max_age: '3600' }));
    expect(Math.floor(Date.now() / 1000) - Number(young['auth_time'])).toBeGreaterThanOrEqual(119);
    const page = await ask({ max_age: '60' });
    expect(isSignIn(page)).toBe(true);
    const { auth_time } = await idTokenOf(await browser.signIn(page, 'alice', ALICE_PASSWORD));
    expect(Math.floor(Date.now() / 1000) - Number(auth_time)).toBeLessThan(60);
  });

  it('is login_required with prompt=none', async () => {
    await ageSignIn(120);
    expect(responseOf(await ask({ max_age: '60', prompt: 'none' }))['error']).toBe('login_required');
  });

  it('0 asks always, and is satisfied by that sign-in', async () => {
    const page = await ask({ max_age: '0' });
    expect(isSignIn(page)).toBe(true);
    expect(responseOf(await browser.signIn(page, 'alice', ALICE_PASSWORD))).toHaveProperty('code');
  });
});

describe('OpenID Connect Core §3.1.2.1: hints', () => {
  it('login_hint fills in the user name, escaped', async () => {
    const page = await ask({ login_hint: `al"><b>ice@x` }, new TestBrowser());
    expect(page.text).toContain('value="al&quot;>&lt;b>ice@x"');
    expect(page.text).not.toContain('<b>ice');
  });

  it('id_token_hint of the signed-in person changes nothing, not even when it has expired', async () => {
    const { id_token } = await getTokens(acme, {}, browser);
    expect(responseOf(await ask({ id_token_hint: id_token, prompt: 'none' }))).toHaveProperty('code');
  });

  it('id_token_hint of another person: login_required with prompt=none, else a sign-in as that person', async () => {
    const ofAlice = String((await getTokens(acme, {}, browser))['id_token']);
    const bobs = new TestBrowser();
    await bobs.signIn(await ask({}, bobs), 'bob', BOB_PASSWORD);
    expect(responseOf(await ask({ id_token_hint: ofAlice, prompt: 'none' }, bobs))['error']).toBe('login_required');

    let page = await ask({ id_token_hint: ofAlice }, bobs);
    expect(isSignIn(page)).toBe(true);
    page = await bobs.signIn(page, 'alice', ALICE_PASSWORD);
    expect((await idTokenOf(page)).sub).toBe(acme.aliceId);
  });

  it('id_token_hint: login_required when again somebody else signs in', async () => {
    const ofAlice = String((await getTokens(acme, {}, browser))['id_token']);
    const bobs = new TestBrowser();
    const page = await bobs.signIn(await ask({ id_token_hint: ofAlice }, bobs), 'bob', BOB_PASSWORD);
    expect(responseOf(page)['error']).toBe('login_required');
  });

  it('id_token_hint that another client got is refused', async () => {
    const { id_token } = await getTokens(acme, {}, browser);
    const page = await ask({ client_id: 'other', id_token_hint: id_token });
    expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });

  it.each([
    ['de', 'de'],
    ['fr de-AT en', 'fr'],
    ['xx de-AT en', 'de'],
    ['en', 'en'],
    ['xx', 'en'],
  ])('ui_locales=%s shows the page in %s', async (ui_locales, language) => {
    const page = await ask({ ui_locales }, new TestBrowser());
    expect(page.text).toContain(`<html lang="${language}"`);
  });
});
