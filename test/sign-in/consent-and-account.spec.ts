import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
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

const { challenge, verifier } = pkce();
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

describe('RFC 6749 §3.3: scopes that the client marks as optional', () => {
  const scope = 'openid profile email orders:read orders:write';
  const clientIs = (members: object) => platform.operator.patch('/tenants/acme/clients/web', members);
  // In the order of the request: profile, email, orders:write.
  const ticked = (...indexes: number[]) => Object.fromEntries(indexes.map((index) => [`optional_${index}`, 'on']));
  const allow = (page: Page, fields: Record<string, string>) =>
    browser.submit(page, 'consent-approve', { decision: 'approve', ...fields });
  const stored = () =>
    platform.database.query('SELECT resource, scopes, declined FROM consents ORDER BY resource DESC');

  async function redeemed(page: Page): Promise<Record<string, unknown>> {
    const { code } = responseOf(page);
    return (await redeem(acme, { code: String(code), code_verifier: verifier })).json();
  }

  beforeEach(() => clientIs({ optional_scopes: ['profile', 'email', 'orders:write'] }));
  afterAll(() => clientIs({ optional_scopes: [], reviewed: false }));

  it('are boxes on the page, ticked at first; the others are none', async () => {
    const page = await signedIn({ scope });
    expect(page.text.match(/name="optional_\d"[^>]*checked/g)).toHaveLength(3);
    expect(page.text.match(/type="checkbox"/g)).toHaveLength(3);
  });

  it('are granted as ticked: in the consent, the token and the answer, and nobody is asked again', async () => {
    const tokens = await redeemed(await allow(await signedIn({ scope }), ticked(1)));
    expect(tokens['scope']).toBe('openid email orders:read');
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ scope: tokens['scope'] });
    expect(await stored()).toEqual([
      { resource: acme.api, scopes: ['orders:read'], declined: ['orders:write'] },
      { resource: '', scopes: ['openid', 'email'], declined: ['profile'] },
    ]);
    const again = await ask({ scope });
    expect((await redeemed(again))['scope']).toBe('openid email orders:read');
    expect((await redeemed(await ask({ scope, prompt: 'none' })))['scope']).toBe('openid email orders:read');
  });

  it('can be unticked later, which ends what holds them, and ticked again', async () => {
    const wide = await redeemed(await allow(await signedIn({ scope }), ticked(0, 1, 2)));
    expect(wide['scope']).toBe(scope);
    const narrow = await redeemed(await allow(await ask({ scope, prompt: 'consent' }), ticked(0, 1)));
    expect(narrow['scope']).toBe('openid profile email orders:read');
    expect(await introspect(acme, String(wide['access_token']))).toEqual({ active: false });
    expect(await introspect(acme, String(narrow['access_token']))).toMatchObject({ active: true });
    const page = await ask({ scope, prompt: 'consent' });
    expect(page.text).toMatch(/name="optional_2" value="on"(?! checked)/);
    expect((await redeemed(await allow(page, ticked(0, 1, 2))))['scope']).toBe(scope);
    expect(await stored()).toMatchObject([{ scopes: ['orders:read', 'orders:write'], declined: [] }, { declined: [] }]);
  });

  it('that are left out do not stay allowed where the client makes them required', async () => {
    await allow(await signedIn({ scope }), ticked(0, 1));
    await clientIs({ optional_scopes: ['profile'] });
    expect((await ask({ scope })).text).toContain('id="consent-approve"');
    expect(responseOf(await ask({ scope, prompt: 'none' }))['error']).toBe('consent_required');
  });

  it('a forged form takes away nothing that is required, adds nothing, and is answered', async () => {
    const page = await signedIn({ scope });
    const fields = { optional_3: 'on', optional_x: 'on', 'optional_-1': 'on', scope: 'orders:write', openid: '' };
    expect((await redeemed(await allow(page, fields)))['scope']).toBe('openid orders:read');
  });

  it('a page that was made before a scope became optional, or is older, is shown again', async () => {
    await clientIs({ optional_scopes: [] });
    const page = await signedIn({ scope });
    await clientIs({ optional_scopes: ['email'] });
    expect((await allow(page, {})).text).toContain('name="optional_0"');
    expect((await allow(page, { asked: '' })).text).toContain('name="optional_0"');
    expect(await stored()).toEqual([]);
  });

  it('unticking all that is asked for says no; alone, what was left out before is asked for again', async () => {
    await clientIs({ optional_scopes: ['orders:read', 'orders:write'] });
    const page = await signedIn({ scope: 'orders:read orders:write' });
    expect(responseOf(await allow(page, {}))['error']).toBe('access_denied');
    expect(await stored()).toEqual([]);
    await allow(await ask({ scope: 'orders:read orders:write' }), ticked(0));
    expect((await ask({ scope: 'orders:write' })).text).toContain('id="consent-approve"');
  });

  it('an API of which nothing is left is no audience of the token', async () => {
    await clientIs({ optional_scopes: ['orders:read'] });
    const tokens = await redeemed(await allow(await signedIn({ scope: 'openid orders:read' }), {}));
    expect(tokens['scope']).toBe('openid');
    expect(await introspect(acme, String(tokens['access_token']))).not.toMatchObject({ aud: acme.api });
    expect((await browser.open(`${acme.issuer}/account/applications`)).text).not.toContain('Orders');
  });

  it('nor does a request that named that API alone fail with it', async () => {
    await clientIs({ optional_scopes: ['orders:read'] });
    const asked = { scope: 'openid orders:read', resource: acme.api };
    const tokens = await redeemed(await allow(await signedIn(asked), {}));
    expect(tokens['scope']).toBe('openid');
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ active: true, aud: acme.issuer });
  });

  it('openid is never optional, and a name the client may not ask for is warned of', async () => {
    const path = '/tenants/acme/clients/web';
    const etag = { 'if-match': String((await platform.operator.request('GET', path)).headers.etag) };
    const refused = await platform.operator.request('PATCH', path, { optional_scopes: ['openid'] }, etag);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('/optional_scopes');
    const warned = await platform.operator.request('PATCH', path, { optional_scopes: ['orders:rite'] }, etag);
    expect(warned.json()).toMatchObject({ warnings: [{ code: 'no_effect', pointer: '/optional_scopes' }] });
  });

  it('says "approved" of a client that an administrator reviewed, and of no other', async () => {
    expect((await signedIn()).text).toContain('Not reviewed by');
    await clientIs({ reviewed: true });
    expect((await ask()).text).toContain('Approved by');
    const [event] = await platform.database.query<{ details: object }>(
      "SELECT details FROM audit_events WHERE type = 'client.updated' ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.stringify(event)).toContain('reviewed');
    await clientIs({ reviewed: false });
    expect((await ask()).text).not.toContain('Approved by');
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
