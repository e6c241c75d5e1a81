import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from '../browser/chromium.js';
import { ALICE_PASSWORD } from '../support/tenant-fixture.js';
import { ADDRESSES, addressOf, startTwoTenants, type TwoTenants } from './tenants.js';

const require = createRequire(import.meta.url);
const LIBRARY = readFileSync(
  join(dirname(require.resolve('oidc-client-ts/package.json')), 'dist', 'browser', 'oidc-client-ts.min.js'),
);

/** A single-page application in one file; what it learned it writes into the page. */
const page = (settings: object) => `<!doctype html><meta charset="utf-8"><title>Application</title>
<button id="sign-in">Sign in</button><button id="renew">Renew</button><button id="sign-out">Sign out</button>
<pre id="result"></pre><script src="/oidc-client-ts.js"></script><script type="module">
const manager = new oidc.UserManager(${JSON.stringify(settings)});
const show = (name, value) => { document.querySelector('#result').textContent = JSON.stringify({ name, value }); };
const shown = (name, work) => work().then((value) => show(name, value), (error) => show('error', error.message));
document.querySelector('#sign-in').onclick = () => shown('leaving', () => manager.signinRedirect());
document.querySelector('#renew').onclick = () => shown('renewed', () => manager.signinSilent());
document.querySelector('#sign-out').onclick = () => shown('leaving', () => manager.signoutRedirect());
if (location.search.includes('code=')) shown('signed-in', () => manager.signinCallback());
else if (location.pathname === '/signed-out') shown('signed-out', () => manager.getUser());
</script>`;

describeInChromium('oidc-client-ts in Chromium', () => {
  let tenants: TwoTenants;
  let browser: Browser;

  beforeAll(async () => {
    tenants = await startTwoTenants();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await tenants.platform.stop();
  });

  async function startApplication(slug: 'acme' | 'globex', issuer: string): Promise<{ url: string; server: Server }> {
    let settings = {};
    const server = createServer((request, response) => {
      if (request.url === '/oidc-client-ts.js') {
        response.setHeader('content-type', 'text/javascript').end(LIBRARY);
        return;
      }
      response.setHeader('content-type', 'text/html').end(page(settings));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { client_id } = await tenants.platform.operator.create<{ client_id: string }>(`/tenants/${slug}/clients`, {
      client_name: 'Single page',
      application_type: 'browser',
      redirect_uris: [`${url}/callback`],
      post_logout_redirect_uris: [`${url}/signed-out`],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid profile email offline_access',
    });
    settings = {
      authority: issuer,
      client_id,
      redirect_uri: `${url}/callback`,
      post_logout_redirect_uri: `${url}/signed-out`,
      scope: 'openid profile email offline_access',
      loadUserInfo: true,
      automaticSilentRenew: false,
    };
    return { url, server };
  }

  it.each(ADDRESSES)('signs in, renews and signs out at %s, %s address', async (slug, kind) => {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    const { url, server } = await startApplication(slug, issuer);
    const context = await browser.newContext();
    try {
      const tab = await context.newPage();
      const result = async (name: string) => {
        await tab.waitForFunction((wanted) => document.querySelector('#result')?.textContent?.includes(wanted), name);
        return JSON.parse((await tab.textContent('#result')) ?? '') as {
          value: { access_token: string; profile: Record<string, unknown> };
        };
      };
      await tab.goto(url);
      await tab.click('#sign-in');
      await tab.fill('[name=username]', 'alice');
      await tab.fill('[name=password]', ALICE_PASSWORD);
      await tab.click('#login-submit');
      await tab.click('#consent-approve');
      const signedIn = await result('signed-in');
      expect(signedIn.value.profile).toMatchObject({ sub: tenant.aliceId, iss: issuer, name: 'Alice Archer' });

      await tab.click('#renew');
      const renewed = await result('renewed');
      expect(renewed.value.access_token).not.toBe(signedIn.value.access_token);

      await tab.click('#sign-out');
      await tab.waitForURL(/signed-out|end-session|sign-out/);
      if (!tab.url().startsWith(url)) await tab.click('#logout-confirm');
      expect(await result('signed-out')).toMatchObject({ value: null });
    } finally {
      await context.close();
      server.close();
    }
  });
});
