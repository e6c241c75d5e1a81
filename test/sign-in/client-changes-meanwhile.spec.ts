import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../support/browser.js';
import { expectErrorPage, expectOAuthError } from '../support/expect-answer.js';
import { changesHeard } from '../support/changes-heard.js';
import { basic, postForm } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { ALICE_PASSWORD, WEB_REDIRECT, authorize, authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';

/** What happens to a client, its API or its tenant's policy while somebody is on one of its pages. */

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let browser: TestBrowser;
let api: { readonly path: string; readonly scope: string };
let client: { readonly id: string; readonly path: string };
let counter = 0;

beforeAll(async () => {
  browser = new TestBrowser();
  await authorize(acme.issuer, PKCE, browser);
});
beforeEach(async () => {
  const scope = `thing${(counter += 1)}:read`;
  const scopes = [{ name: scope, description: 'See things' }];
  const body = { identifier: `https://thing${counter}.test`, display_name: 'Things', scopes };
  const { id } = await platform.operator.create('/tenants/acme/apis', body);
  api = { path: `/tenants/acme/apis/${String(id)}`, scope };
  client = await newClient({ scope: `openid ${scope}` });
});

async function newClient(metadata: object) {
  const id = `client${(counter += 1)}`;
  const body = { client_id: id, redirect_uris: [WEB_REDIRECT], require_pkce: false, ...metadata };
  await platform.operator.create('/tenants/acme/clients', body);
  return { id, path: `/tenants/acme/clients/${id}` };
}

const ask = (params: Record<string, string> = {}) => {
  const request = { client_id: client.id, scope: `openid ${api.scope}`, nonce: 'n', ...params };
  return browser.open(authorizeUrl(acme.issuer, request));
};

const change = (body: object) => () => platform.operator.patch(client.path, body);
const remove = (path: () => string) => () => platform.operator.request('DELETE', path());

/** What a person does on a page that was opened before. */
type Action = (page: Page, request: string) => Promise<Page>;

const ON_SIGN_IN: readonly (readonly [string, Action])[] = [
  ['loads the sign-in page', (_, request) => browser.open(`${acme.issuer}/sign-in?request=${request}`)],
  ['signs in', (page) => browser.signIn(page, 'alice', ALICE_PASSWORD)],
  ['goes on as the same person', (page) => browser.submit(page, '/sign-in/continue')],
];
const ON_CONSENT: readonly (readonly [string, Action])[] = [
  ['loads the consent page', (_, request) => browser.open(`${acme.issuer}/consent?request=${request}`)],
  ['approves', (page) => browser.decide(page, 'approve')],
  ['denies', (page) => browser.decide(page, 'deny')],
  ['resumes', (_, request) => browser.open(`${acme.issuer}/authorize/resume?request=${request}`)],
  ['restarts', (_, request) => browser.open(`${acme.issuer}/authorize/restart?request=${request}`)],
];

/** The pages, opened before the change, and what is done on each of them afterwards. */
async function openPages(): Promise<(() => Promise<readonly [string, Page]>)[]> {
  const pages = [];
  for (const [prompt, actions] of [
    ['select_account', ON_SIGN_IN],
    ['consent', ON_CONSENT],
  ] as const) {
    for (const [name, act] of actions) {
      const page = await ask({ prompt });
      const [, request = ''] = /request=([0-9a-f-]{36})/.exec(`${page.url} ${page.text}`) ?? [];
      const [, hidden = request] = /name="request" value="([0-9a-f-]{36})"/.exec(page.text) ?? [];
      pages.push(async () => [name, await act(page, hidden)] as const);
    }
  }
  return pages;
}

describe.each<[string, () => Promise<unknown>, string]>([
  ['loses a scope', change({ scope: 'openid' }), 'invalid_scope'],
  ['loses the scope openid', () => change({ scope: api.scope })(), 'invalid_scope'],
  ['loses its grant type', change({ grant_types: ['client_credentials'], response_types: [] }), 'unauthorized_client'],
  ['has to send a code_challenge', change({ require_pkce: true }), 'invalid_request'],
])('a client that %s while its pages are open', (_, work, error) => {
  it('is told so, whatever the person does', async () => {
    const pages = await openPages();
    await work();
    for (const act of pages) {
      const [name, page] = await act();
      expect([name, page.status]).toEqual([name, 303]);
      expect([name, responseOf(page)]).toEqual([
        name,
        { error, error_description: expect.any(String) as unknown, state: 's1', iss: acme.issuer },
      ]);
    }
  });
});

describe.each<[string, () => Promise<unknown>]>([
  ['loses its API', remove(() => api.path)],
  ['sees the scope vanish from the API', () => platform.operator.patch(api.path, { scopes: null })],
])('a client that %s while its pages are open', (_, work) => {
  it('gets what is left: a name that nothing has is ignored (RFC 6749 §3.3)', async () => {
    const pages = await openPages();
    await work();
    for (const act of pages) {
      const [name, page] = await act();
      const { error = 'none' } = /^https:\/\/rp/.test(page.headers.location ?? '') ? responseOf(page) : {};
      expect([name, page.status < 400, ['none', 'access_denied'].includes(error)]).toEqual([name, true, true]);
    }
  });
});

describe.each<[string, () => Promise<unknown>, string]>([
  ['loses its redirect URI', change({ redirect_uris: ['https://elsewhere.test/cb'] }), 'invalid_request'],
  ['is disabled', change({ enabled: false }), 'invalid_client'],
])('a client that %s while its pages are open', (_, work, error) => {
  it('is sent nothing: the person is told', async () => {
    const pages = await openPages();
    await work();
    for (const act of pages) {
      const [name, page] = await act();
      expect([name, page.status, page.headers.location]).toEqual([name, 400, undefined]);
      expectErrorPage(page, 400, error);
    }
  });
});

describe('a client that is deleted while its pages are open', () => {
  it('is sent nothing: the request is gone with it', async () => {
    const pages = await openPages();
    await remove(() => client.path)();
    for (const act of pages) expectErrorPage((await act())[1], 400, 'invalid_request');
  });
});

describe('a tenant whose policy asks for PKCE while pages are open', () => {
  it('has it asked for at once', async () => {
    client = await newClient({ scope: `openid ${api.scope}`, require_pkce: null });
    await platform.operator.patch('/tenants/acme', { policy: { require_pkce: false } });
    const pages = await openPages();
    await platform.operator.patch('/tenants/acme', { policy: { require_pkce: true } });
    for (const act of pages) expect(responseOf((await act())[1])).toMatchObject({ error: 'invalid_request' });
  });
});

describe('a client that is gone while this process still remembers it', () => {
  /** As if the notification of its deletion were on its way. */
  async function deleteUnnoticed(clientId: string): Promise<void> {
    const notices = async (state: 'DISABLE' | 'ENABLE') => {
      for (const table of ['clients', 'client_secrets']) {
        await platform.database.query(`ALTER TABLE ${table} ${state} TRIGGER notify`);
      }
    };
    await notices('DISABLE');
    await platform.database.query('DELETE FROM clients WHERE client_id = $1', [clientId]);
    await notices('ENABLE');
  }

  it('is no server error at the authorization endpoint', async () => {
    await changesHeard(platform);
    await ask();
    await deleteUnnoticed(client.id);
    expectErrorPage(await ask(), 400, 'invalid_request');
    expectErrorPage(
      await new TestBrowser().open(authorizeUrl(acme.issuer, { client_id: client.id })),
      400,
      'invalid_request',
    );
  });

  it('is no server error at the token endpoint', async () => {
    const body = { grant_types: ['client_credentials'], scope: 'stock:read' };
    const created = await platform.operator.create<Record<string, string>>('/tenants/acme/clients', body);
    const authorization = basic(String(created['client_id']), String(created['client_secret']));
    const token = () => postForm(`${acme.issuer}/token`, { grant_type: 'client_credentials' }, { authorization });
    await changesHeard(platform);
    expect((await token()).status).toBe(200);
    await deleteUnnoticed(String(created['client_id']));
    expectOAuthError(await token(), 400, 'invalid_grant');
  });
});

describe('a scope name that comes to mean something while its consent page is open', () => {
  const name = () => `late${counter}:read`;
  const granted = async (page: Page) => {
    const { code = '' } = responseOf(page);
    const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, client_id: client.id };
    return (await postForm(`${acme.issuer}/token`, form, { authorization: basic(client.id, secret) })).json<{
      scope: string;
    }>().scope;
  };
  let secret: string;

  beforeEach(async () => {
    const id = `client${(counter += 1)}`;
    const body = { client_id: id, redirect_uris: [WEB_REDIRECT], require_pkce: false, scope: `openid ${api.scope}` };
    const created = await platform.operator.create<{ client_secret: string }>('/tenants/acme/clients', body);
    client = { id, path: `/tenants/acme/clients/${id}` };
    secret = created.client_secret;
  });

  it('is not allowed by the button of a page that did not show it', async () => {
    const page = await ask({ scope: `openid ${api.scope} ${name()}` });
    expect(page.text).not.toContain(name());
    const scopes = [api.scope, name()].map((one) => ({ name: one, description: `See ${one}` }));
    await platform.operator.patch(api.path, { scopes });
    await platform.operator.patch(client.path, { scope: `openid ${scopes.map((one) => one.name).join(' ')}` });
    const again = await browser.decide(page, 'approve');
    expect([again.status, again.text.includes(`See ${name()}`)]).toEqual([200, true]);
    expect(await granted(await browser.decide(again, 'approve'))).toContain(name());
  });
});
