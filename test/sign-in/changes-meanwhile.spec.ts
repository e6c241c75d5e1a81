import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PasswordHasher } from '../../src/users/password-hasher.js';
import { TestBrowser } from '../support/browser.js';
import { expectErrorPage, expectOAuthError } from '../support/expect-answer.js';
import { tokenAs } from '../support/grants.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import {
  ALICE_PASSWORD,
  authorizeUrl,
  createTenant,
  clientCredentials,
  getSpaTokens,
  introspect,
  pkce,
  redeem,
  refresh,
  responseOf,
  userinfo,
} from '../support/tenant-fixture.js';

/** What happens to an account or a tenant while somebody is on the way through the pages. */

const NEW_PASSWORD = 'a long enough passphrase 8';
const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true });
let browser: TestBrowser;
let username: string;
let userPath: string;

afterEach(() => void jest.restoreAllMocks());
beforeEach(async () => {
  browser = new TestBrowser();
  username = `user-${Math.random().toString(36).slice(2)}`;
  const { id } = await platform.operator.create('/tenants/acme/users', { username, password: ALICE_PASSWORD });
  userPath = `/tenants/acme/users/${String(id)}`;
});

const ask = (params = {}) => browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const isSignedIn = async () => responseOf(await ask({ prompt: 'none' }))['error'] !== 'login_required';

/** Something that is done after a password was found right, and before the person is signed in. */
function whilePasswordIsChecked(work: () => Promise<unknown>): void {
  const hasher = platform.application.nest.get(PasswordHasher);
  const verify = hasher.verify.bind(hasher);
  jest.spyOn(hasher, 'verify').mockImplementationOnce(async (...args) => {
    const matches = await verify(...args);
    await work();
    return matches;
  });
}

describe.each<[string, () => Promise<unknown>]>([
  ['gets a new password', () => platform.operator.patch(userPath, { password: NEW_PASSWORD })],
  [
    'is disabled and enabled again',
    async () => {
      await platform.operator.patch(userPath, { enabled: false });
      await platform.operator.patch(userPath, { enabled: true });
    },
  ],
])('a user who %s', (_, change) => {
  it('while the old password is checked is signed in by it no more', async () => {
    const page = await ask();
    whilePasswordIsChecked(change);
    await browser.signIn(page, username, ALICE_PASSWORD);
    expect(await isSignedIn()).toBe(false);
  });

  it('while the password grant checks the old one gets tokens that are dead', async () => {
    const client = await platform.operator.create<Record<string, string>>('/tenants/acme/clients', {
      grant_types: ['password', 'refresh_token'],
      scope: 'openid offline_access',
    });
    const own = { id: String(client['client_id']), secret: String(client['client_secret']) };
    whilePasswordIsChecked(change);
    const form = { grant_type: 'password', username, password: ALICE_PASSWORD, scope: 'openid offline_access' };
    const tokens = (await tokenAs(acme, own, form)).json<Record<string, string>>();
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] };
    expectOAuthError(await tokenAs(acme, own, refresh), 400, 'invalid_grant');
  });

  it('after signing in can decide no more, and a code given before is worth nothing', async () => {
    const consent = await browser.signIn(await ask(), username, ALICE_PASSWORD);
    const { code } = responseOf(await browser.decide(consent, 'approve'));
    const second = await ask({ prompt: 'consent' });
    await change();
    expect((await browser.decide(second, 'approve')).text).toContain('id="login-form"');
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }), 400, 'invalid_grant');
    expect(await isSignedIn()).toBe(false);
  });

  it('can sign in right afterwards, and everything works', async () => {
    await change();
    const signIn = await ask();
    let page = await browser.signIn(signIn, username, NEW_PASSWORD);
    if (page.text.includes('login-form')) page = await browser.signIn(page, username, ALICE_PASSWORD);
    const { code } = responseOf(await browser.decide(page, 'approve'));
    const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<Record<string, string>>();
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ active: true });
    expect(await isSignedIn()).toBe(true);
  });
});

describe('a user who is deleted while the password is checked', () => {
  it('is told what anybody is told who does not exist', async () => {
    const page = await ask();
    whilePasswordIsChecked(() => platform.operator.request('DELETE', userPath));
    const refused = await browser.signIn(page, username, ALICE_PASSWORD);
    expect([refused.status, refused.text.includes('id="login-form"')]).toEqual([400, true]);
  });
});

describe('a tenant', () => {
  it('that is suspended while people are on its pages takes nothing, and goes on when it is back', async () => {
    const consent = await browser.signIn(await ask({ prompt: 'consent' }), username, ALICE_PASSWORD);
    const newcomer = new TestBrowser();
    const signIn = await newcomer.open(authorizeUrl(acme.issuer, PKCE));
    await platform.operator.patch('/tenants/acme', { status: 'suspended' });
    const refused = [
      await browser.decide(consent, 'approve'),
      await newcomer.signIn(signIn, username, ALICE_PASSWORD),
      await browser.open(`${acme.issuer}/account`),
      await browser.open(`${acme.hostIssuer}/end-session`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(newcomer.cookie('session')).toBe('');

    await platform.operator.patch('/tenants/acme', { status: 'active' });
    expect(responseOf(await browser.decide(consent, 'approve'))).toHaveProperty('code');
    expect((await newcomer.signIn(signIn, username, ALICE_PASSWORD)).status).toBeLessThan(400);
  });

  it('that is deleted and made anew under its name knows nobody from before', async () => {
    const before = await createTenant(platform, 'initech');
    const tokens = await getSpaTokens(before, { scope: 'openid offline_access' }, browser);
    const consent = await browser.open(authorizeUrl(before.issuer, { ...PKCE, prompt: 'consent' }));
    const opaque = (await clientCredentials(before, { scope: 'stock:read' })).json<Record<string, string>>();
    await platform.operator.patch('/tenants/initech', { status: 'suspended' });
    const gone = await platform.operator.request('DELETE', '/tenants/initech?immediately=true', undefined, {
      'if-match': '*',
    });
    expect(gone.json()['status']).toBe('destroyed');
    expect((await browser.decide(consent, 'approve')).status).toBe(404);

    const after = await createTenant(platform, 'initech');
    expect([after.issuer, after.id === before.id]).toEqual([before.issuer, false]);
    const silent = await browser.open(authorizeUrl(after.issuer, { ...PKCE, prompt: 'none' }));
    expect(responseOf(silent)['error']).toBe('login_required');
    expectErrorPage(await browser.decide(consent, 'approve'), 403, 'invalid_request');
    expect((await userinfo(after.issuer, String(tokens['access_token']))).status).toBe(401);
    expectOAuthError(await refresh(after, String(tokens['refresh_token'])), 400, 'invalid_grant');
    expectOAuthError(await clientCredentials({ ...after, secrets: before.secrets }), 401, 'invalid_client');
    for (const token of [tokens['access_token'], tokens['refresh_token'], opaque['access_token']]) {
      expect(await introspect(after, String(token), 'orders-api')).toEqual({ active: false });
    }
    const hint = await browser.open(`${after.issuer}/end-session?id_token_hint=${String(tokens['id_token'])}`);
    expect(hint.headers.location).toBeUndefined();
  });
});
