import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { basic, postForm } from '../support/http.js';
import {
  ALICE_PASSWORD,
  authorize,
  authorizeUrl,
  clientCredentials,
  getTokens,
  pkce,
  responseOf,
  type TenantFixture,
  userinfo,
} from '../support/tenant-fixture.js';
import { World } from './world.js';

const GLOBEX_PASSWORD = 'another horse, another staple';

let world: World;
let issuers: readonly (readonly [acme: string, globex: string])[];
beforeAll(async () => {
  world = await World.create();
  const { acme, globex, platform } = world;
  issuers = [
    [acme.issuer, globex.issuer],
    [acme.hostIssuer, globex.hostIssuer],
    [acme.issuer, globex.hostIssuer],
    [acme.hostIssuer, globex.issuer],
  ];
  await platform.operator.patch(`/tenants/globex/users/${globex.aliceId}`, { password: GLOBEX_PASSWORD });
});
afterAll(() => world.platform.stop());

const request = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });

describe('people of the same name', () => {
  it('have a password and a subject each', async () => {
    for (const [acme, globex] of issuers) {
      const browser = new TestBrowser();
      const page = await browser.open(authorizeUrl(globex, request()));
      const refused = await browser.signIn(page, 'alice', ALICE_PASSWORD);
      expect(refused.text).toContain('id="login-form"');
      expect(browser.cookieNames.filter((name) => name.endsWith('session'))).toEqual([]);

      const page2 = await browser.open(authorizeUrl(acme, request()));
      expect((await browser.signIn(page2, 'alice', GLOBEX_PASSWORD)).text).toContain('id="login-form"');
    }
    expect(world.globex.aliceId).not.toBe(world.acme.aliceId);
  });

  it('share neither session nor consent in one browser, and sign out one by one', async () => {
    for (const [acme, globex] of issuers) {
      const browser = new TestBrowser();
      const silent = async (issuer: string) =>
        responseOf(await browser.open(authorizeUrl(issuer, { ...request(), client_id: 'other', prompt: 'none' })));

      await authorize(acme, { ...request(), client_id: 'other' }, browser);
      expect(await silent(acme)).toMatchObject({ code: expect.any(String) as unknown });
      expect(await silent(globex)).toMatchObject({ error: 'login_required' });

      const signIn = await browser.open(authorizeUrl(globex, { ...request(), client_id: 'other', prompt: 'consent' }));
      const consent = await browser.signIn(signIn, 'alice', GLOBEX_PASSWORD);
      expect(consent.text).toContain('id="consent-approve"');
      await browser.decide(consent, 'approve');
      expect(await silent(globex)).toMatchObject({ code: expect.any(String) as unknown });

      await browser.submit(await browser.open(`${acme}/end-session`), 'logout-confirm');
      expect(await silent(acme)).toMatchObject({ error: 'login_required' });
      expect(await silent(globex)).toMatchObject({ code: expect.any(String) as unknown });
    }
  });
});

describe('clients of the same name', () => {
  it('have redirect URIs each', async () => {
    const redirect = 'https://only-acme.test/cb';
    await world.platform.operator.patch('/tenants/acme/clients/legacy', { redirect_uris: [redirect] });
    const params = { client_id: 'legacy', redirect_uri: redirect, prompt: 'none' };
    const known = await new TestBrowser().open(authorizeUrl(world.acme.issuer, params));
    expect(responseOf(known)).toMatchObject({ error: 'login_required', iss: world.acme.issuer });
    for (const issuer of [world.globex.issuer, world.globex.hostIssuer]) {
      const page = await new TestBrowser().open(authorizeUrl(issuer, params));
      expect([page.status, page.headers.location]).toEqual([400, undefined]);
      expect(page.text).toContain('data-error="invalid_request"');
    }
  });
});

describe('APIs of the same name', () => {
  it('hear of tokens of their own tenant only', async () => {
    const { acme, globex, platform } = world;
    for (const format of ['jwt', 'opaque']) {
      const identifier = `https://shared-${format}.test`;
      for (const slug of ['acme', 'globex']) {
        await platform.operator.create(`/tenants/${slug}/apis`, {
          identifier,
          display_name: 'Shared',
          scopes: [{ name: 'orders:read', description: 'See orders' }],
          access_token_format: format,
          introspection_client_ids: ['orders-api'],
        });
      }
      const { permissions } = await platform.operator.get<{ permissions: object[] }>('/tenants/acme/clients/machine');
      const shared = { api: identifier, scopes: ['orders:read'] };
      await platform.operator.patch('/tenants/acme/clients/machine', { permissions: [...permissions, shared] });
      const answer = await clientCredentials(acme, { resource: identifier, scope: 'orders:read' });
      const token = answer.json<{ access_token: string }>().access_token;
      expect(await introspectAs(acme, token)).toMatchObject({ active: true, aud: identifier, iss: acme.issuer });
      expect(await introspectAs(globex, token)).toEqual({ active: false });
    }
  });
});

describe('the end of a namesake', () => {
  it('ends nothing of the other one’s', async () => {
    const { acme, globex, platform } = world;
    const browser = new TestBrowser();
    const page = await browser.open(authorizeUrl(globex.issuer, request()));
    await browser.signIn(page, 'alice', GLOBEX_PASSWORD);
    const tokens = await getTokens(globex, {}, browser);
    for (const path of [`users/${acme.aliceId}`, 'clients/web']) {
      const removed = await platform.operator.request('DELETE', `/tenants/acme/${path}`, undefined, {
        'if-match': '*',
      });
      expect(removed.status).toBe(204);
      expect((await userinfo(globex.issuer, tokens['access_token'] ?? '')).status).toBe(200);
      expect((await getTokens(globex, {}, browser))['access_token']).toEqual(expect.any(String));
    }
  });
});

async function introspectAs(tenant: TenantFixture, token: string) {
  const authorization = basic('orders-api', tenant.secrets['orders-api']);
  return (await postForm(`${tenant.issuer}/introspect`, { token }, { authorization })).json();
}
