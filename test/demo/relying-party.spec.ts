import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Server } from 'node:http';
import type { DemoSettings } from '../../src/demo/demo-settings.js';
import { startOrdersApi } from '../../src/demo/orders-api.js';
import { startRelyingParty } from '../../src/demo/relying-party.js';
import { type Page, TestBrowser, linkOn } from '../support/browser.js';
import { send } from '../support/http.js';
import { confirmApp } from '../support/second-factor.js';
import { type Platform, freePort, startPlatform } from '../support/platform.js';
import { type TenantFixture, ALICE_PASSWORD, createTenant } from '../support/tenant-fixture.js';

/** The demo application and its API as a person meets them: every button, and what happens when something is over. */
let platform: Platform;
let acme: TenantFixture;
let servers: Server[];
let home: string;
let api: string;
let browser: TestBrowser;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme', { sign_up: 'open' });
  const ports = { relyingParty: { port: await freePort() }, ordersApi: { port: await freePort() } };
  home = `http://127.0.0.1:${ports.relyingParty.port}/`;
  api = `http://127.0.0.1:${ports.ordersApi.port}/acme/orders`;
  const client = await platform.operator.create<{ client_id: string; client_secret: string }>('/tenants/acme/clients', {
    client_name: 'Demo',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${home}callback`],
    post_logout_redirect_uris: [home],
    scope: 'openid profile email offline_access orders:read',
  });
  const credentials = { clientId: client.client_id, clientSecret: client.client_secret };
  const tenant = { slug: 'acme', name: 'Acme', issuer: acme.issuer, api: acme.api, offersSignUp: true, ...credentials };
  const settings: DemoSettings = { tenants: [tenant], platform: platform.url, ...ports };
  servers = [await startOrdersApi(settings), await startRelyingParty(settings)];
});
afterAll(async () => {
  for (const server of servers) server.close();
  await platform.stop();
});
beforeEach(async () => {
  await platform.database.query('DELETE FROM consents');
  browser = new TestBrowser();
});

const PUBLIC = {
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
};

/** From one origin to the other and back, as a browser goes. */
async function goOn(page: Page): Promise<Page> {
  const { location } = page.headers;
  return location === undefined ? page : goOn(await browser.open(new URL(location, page.url).href));
}

async function signIn(decision: 'approve' | 'deny' = 'approve'): Promise<Page> {
  const page = await goOn(await browser.open(`${home}login?tenant=acme`));
  return goOn(await browser.decide(await browser.signIn(page, 'alice', ALICE_PASSWORD), decision));
}

const press = async (page: Page, button: string) => goOn(await browser.submit(page, button));

describe('The demo application', () => {
  it('signs in, says who it is, calls its API, refreshes, signs out', async () => {
    const page = await signIn();
    expect(page.text).toContain('Signed in as Alice Archer');
    const called = await press(page, 'call-api');
    expect(called.text).toContain('<span id="api-status">200</span>');
    expect((await press(called, 'refresh')).text).toContain('Signed in as Alice Archer');
    const out = await press(page, 'logout');
    expect(out.url).toBe(home);
    expect(out.text).toContain('Sign in with Acme');
  });

  it('sends the person for two factors when the API wants them, and goes on with what they were doing', async () => {
    const page = await press(await signIn(), 'call-strict-api');
    const { page: codes } = await confirmApp(browser, await browser.open(linkOn(page, 'enrol-totp')));
    const done = await goOn(await browser.open(linkOn(codes, 'codes-kept')));
    expect(done.text).toContain('<span id="api-status">200</span>');
    expect(done.text).toContain('R-2001');
    expect((await press(done, 'call-strict-api')).text).toContain('<span id="api-status">200</span>');
  });

  it('shows what the API said to somebody who goes on without a second factor, who stays signed in', async () => {
    await platform.database.query('DELETE FROM user_totp');
    await platform.database.query(`UPDATE users SET second_factors = '{}'`);
    const page = await press(await signIn(), 'call-strict-api');
    expect((await browser.open(home)).text).toContain('Signed in as Alice Archer');
    expect((await press(page, 'skip')).text).toContain('<span id="api-status">401</span>');
  });

  it('leads to the page where an account is made, and to the account', async () => {
    expect((await browser.open(home)).text).toContain('href="/login?tenant=acme&amp;prompt=create"');
    expect((await goOn(await browser.open(`${home}login?tenant=acme&prompt=create`))).text).toContain('name="email"');
    expect((await signIn()).text).toContain(`href="${acme.issuer}/account"`);
  });

  it('shows what the person refused, and a way back', async () => {
    const page = await signIn('deny');
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('id="error"') });
    expect(page.text).toContain('href="/"');
  });

  it('forgets the person when access was withdrawn, and offers to sign in again', async () => {
    const page = await signIn();
    const { data } = await platform.operator.get<{ data: { id: string }[] }>('/tenants/acme/consents');
    for (const { id } of data) await platform.operator.request('DELETE', `/tenants/acme/consents/${id}`);
    const ended = await press(page, 'refresh');
    expect(ended.text).toContain('id="access-ended"');
    expect(ended.text).toContain('/login?tenant=acme');
    expect((await browser.open(home)).text).toContain('Sign in with Acme');
  });

  it('goes back to its start without a visit, a known tenant, or a state of its own', async () => {
    for (const path of ['login?tenant=nobody', 'login', 'callback?code=x&state=y']) {
      expect((await browser.open(home + path)).text).toContain('Sign in with Acme');
    }
    await browser.open(`${home}login?tenant=acme`);
    expect((await browser.open(`${home}callback?code=x&state=wrong`)).text).toContain('id="error"');
  });

  describe('with a client of one’s own', () => {
    const OWN = { client_id: 'till', client_name: 'Till', redirect_uris: [] as string[], scope: 'openid profile' };
    const connect = async (fields: Readonly<Record<string, string>>) =>
      goOn(await browser.submit(await browser.open(home), 'connect', fields));

    beforeAll(async () => {
      const addresses = { redirect_uris: [`${home}callback`], post_logout_redirect_uris: [home] };
      await platform.operator.create('/tenants/acme/clients', { ...OWN, ...addresses, ...PUBLIC });
    });

    it('signs in, has no API to call, and signs out', async () => {
      const page = await browser.signIn(
        await connect({ tenant: 'acme', client_id: 'till', scope: 'openid profile' }),
        'alice',
        ALICE_PASSWORD,
      );
      const done = await goOn(await browser.decide(page, 'approve'));
      expect(done.text).toContain('Signed in as Alice Archer');
      expect(done.text).toContain(acme.issuer);
      expect(done.text).not.toContain('call-api');
      expect((await goOn(await browser.request('POST', `${home}orders`, ''))).text).toContain(
        'Signed in as Alice Archer',
      );
      expect((await press(done, 'logout')).url).toBe(home);
    });

    it('says which redirect URI to register, and takes the names from its address', async () => {
      const page = await browser.open(`${home}?tenant=harbour-bank&client_id=%3Cb%3E`);
      expect(page.text).toContain(`${home}callback`);
      expect(page.text).toContain('value="harbour-bank"');
      expect(page.text).not.toContain('<b>');
    });

    it('refuses what is no tenant of the platform, and fetches nothing from anywhere else', async () => {
      for (const tenant of ['', '..', 'a/b', '//127.0.0.1:9', 'http://127.0.0.1:9', 'acme@127.0.0.1', 'A'.repeat(64)]) {
        const page = await connect({ tenant, client_id: 'till' });
        expect(page).toMatchObject({ status: 400, text: expect.stringContaining('Name the tenant as in its issuer') });
      }
      const unknown = await connect({ tenant: 'nobody', client_id: 'till' });
      expect(unknown.text).toContain(
        `${platform.url}/t/nobody cannot be discovered: the platform has no tenant of this name.`,
      );
      expect((await connect({ tenant: 'acme', client_id: '' })).text).toContain('The client ID is missing');
      expect((await connect({ tenant: 'acme', client_id: 'till', scope: 'profile' })).text).toContain('needs openid');
    });

    it('shows what the platform says of a wrong client and a wrong secret', async () => {
      const stranger = await connect({ tenant: 'acme', client_id: 'nobody' });
      expect(stranger.text).toContain('data-error="invalid_client"');
      const page = await connect({
        tenant: 'acme',
        client_id: 'till',
        client_secret: 'wrong',
        scope: 'openid profile',
      });
      const consent = await browser.signIn(page, 'alice', ALICE_PASSWORD);
      const refused = await goOn(await browser.decide(consent, 'approve'));
      expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('id="error"') });
    });
  });

  it('has a page for a wrong path', async () => {
    expect(await browser.open(`${home}nowhere`)).toMatchObject({
      status: 404,
      text: expect.stringContaining('id="not-found"'),
    });
  });
});

describe('The demo API', () => {
  it('answers in JSON whatever is wrong', async () => {
    expect(await send(api)).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.any(String) } });
    expect((await send(api, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
    const lost = await send(`${api}/nowhere`);
    expect([lost.status, lost.json()]).toEqual([404, { error: 'There is no such resource' }]);
  });
});
