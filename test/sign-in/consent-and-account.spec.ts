import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../support/browser.js';
import { expectErrorPage, expectOAuthError } from '../support/expect-answer.js';
import { tokenFor } from '../support/grants.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import {
  ALICE_PASSWORD,
  type AuthorizeParams,
  authorizeUrl,
  getCode,
  getTokens,
  introspect,
  pkce,
  redeem,
  responseOf,
  userinfo,
} from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let browser: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM consents');
  browser = new TestBrowser();
});

const ask = (params: AuthorizeParams = {}) => browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));

async function signedIn(params: AuthorizeParams = {}): Promise<Page> {
  return browser.signIn(await ask(params), 'alice', ALICE_PASSWORD);
}

describe('consent', () => {
  it('shows the client, where it leads, and every scope with its description', async () => {
    const page = await signedIn({ scope: 'openid email orders:read' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('id="consent-scopes"');
    for (const text of ['Web', 'rp.test', 'Orders', 'See orders', 'Alice Archer']) expect(page.text).toContain(text);
    expect(page.text).not.toContain('Change orders');
  });

  it('is remembered, and asked again only for more', async () => {
    expect(responseOf(await browser.decide(await signedIn({ scope: 'openid orders:read' }), 'approve'))).toHaveProperty(
      'code',
    );
    expect(responseOf(await ask({ scope: 'orders:read openid' }))).toHaveProperty('code');
    expect(responseOf(await ask({ scope: 'openid' }))).toHaveProperty('code');
    const more = await ask({ scope: 'openid orders:read orders:write' });
    expect(more.text).toContain('id="consent-approve"');
    expect(responseOf(await browser.decide(more, 'approve'))).toHaveProperty('code');
    expect(responseOf(await ask({ scope: 'openid orders:read orders:write' }))).toHaveProperty('code');
  });

  it('for one client says nothing about another, and one person’s nothing about another person’s', async () => {
    await browser.decide(await signedIn(), 'approve');
    expect((await ask({ client_id: 'other' })).text).toContain('id="consent-approve"');
    const password = 'a long enough passphrase 7';
    await platform.operator.create('/tenants/acme/users', { username: 'bob', password });
    const page = await browser.signIn(await ask({ prompt: 'login' }), 'bob', password);
    expect(page.text).toContain('id="consent-approve"');
  });

  it('is asked even where no scope is asked for', async () => {
    expect((await signedIn({ scope: undefined })).text).toContain('id="consent-approve"');
  });

  it('asked for again by the client does not pretend to be about more', async () => {
    await browser.decide(await signedIn({ scope: 'openid orders:read' }), 'approve');
    const again = await ask({ scope: 'openid orders:read', prompt: 'consent' });
    expect(again.text).toContain('would like access to your');
    const more = await ask({ scope: 'openid orders:read orders:write' });
    expect(more.text).toContain('asks for more access to your');
  });

  it('that was denied is not remembered', async () => {
    expect(responseOf(await browser.decide(await signedIn(), 'deny'))['error']).toBe('access_denied');
    expect((await ask()).text).toContain('id="consent-approve"');
  });

  it('is not asked for a client of the tenant’s own', async () => {
    await platform.operator.patch('/tenants/acme/clients/other', { first_party: true });
    expect(responseOf(await signedIn({ client_id: 'other' }))).toHaveProperty('code');
    await platform.operator.patch('/tenants/acme/clients/other', { first_party: false });
  });

  it('takes no decision that is none, and none without the form’s token', async () => {
    const page = await signedIn();
    expectErrorPage(await browser.submit(page, 'consent-approve', { decision: 'maybe' }), 400, 'invalid_request');
    expectErrorPage(
      await browser.submit(page, 'consent-approve', { csrf: 'x', decision: 'approve' }),
      403,
      'invalid_request',
    );
    expect(await platform.database.query('SELECT 1 FROM consents')).toHaveLength(0);
  });

  it('lets the person switch to another account', async () => {
    const page = await browser.submit(await signedIn(), '/consent/switch');
    expect(page.text).toContain('id="login-form"');
    expect(browser.cookie('session')).toBe('');
  });
});

describe('the account page', () => {
  const account = () => browser.open(`${acme.issuer}/account`);
  const applications = () => browser.open(`${acme.issuer}/account/applications`);

  it('asks a stranger to sign in, and leads there afterwards', async () => {
    const page = await account();
    expect(page.text).toContain('id="login-form"');
    expect((await browser.signIn(page, 'alice', ALICE_PASSWORD)).url).toBe(`${acme.issuer}/account`);
  });

  it('lists what was allowed, to whom', async () => {
    await getTokens(acme, { scope: 'openid email orders:read' }, browser);
    const page = await applications();
    for (const text of ['Web', 'See orders']) expect(page.text).toContain(text);
    expect(page.text).not.toContain('Change orders');
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it.each(['orders:read', 'stock:read'])('withdraws, and every token under it is dead at once (%s)', async (scope) => {
    const tokens = await getTokens(acme, { scope: `openid offline_access ${scope}` }, browser);
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid' }, browser);
    const token = String(tokens['access_token']);
    expect((await userinfo(acme.issuer, token)).status).toBe(200);

    const page = await browser.submit(await applications(), '/account/withdraw');
    expect(page.url).toContain('/account/applications');
    expect(page.text).not.toContain('See orders');
    expect(await introspect(acme, token)).toEqual({ active: false });
    expect((await userinfo(acme.issuer, token)).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] };
    expectOAuthError(await tokenFor(acme, 'web', refresh), 400, 'invalid_grant');
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }), 400, 'invalid_grant');
    expect((await ask({ scope: 'openid' })).text).toContain('id="consent-approve"');
  });

  it('leaves the tokens of other clients alone', async () => {
    await getTokens(acme, {}, browser);
    const params = { client_id: 'other' };
    const { code, verifier } = await getCode(acme.issuer, params, browser);
    const others = (await redeem(acme, { code, code_verifier: verifier }, 'other')).json<{ access_token: string }>();
    await browser.submit(await applications(), '/account/withdraw', { client_id: 'web' });
    expect(await introspect(acme, others.access_token, 'other')).toMatchObject({ active: true });
  });

  it('refuses a withdrawal that another site sent', async () => {
    await getTokens(acme, {}, browser);
    const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site', accept: 'text/html' };
    const page = await browser.request('POST', `${acme.issuer}/account/withdraw`, 'client_id=web', headers);
    expectErrorPage(page, 403, 'invalid_request');
    expect(await platform.database.query('SELECT 1 FROM consents')).toHaveLength(1);
  });

  it('signs out with its button', async () => {
    await getTokens(acme, {}, browser);
    expect((await browser.submit(await account(), '/end-session/confirm')).text).toContain('id="logged-out"');
    expect((await account()).text).toContain('id="login-form"');
  });
});
