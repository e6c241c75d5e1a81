import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../../support/browser.js';
import { expectErrorPage, expectErrorResponse, expectTokens } from '../../support/expect-answer.js';
import { postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  NATIVE_REDIRECT,
  authorize,
  authorizeUrl,
  pkce,
  responseOf,
} from '../../support/tenant-fixture.js';

const PRIVATE_USE = 'com.example.app:/cb';
const WITH_PORT = 'http://127.0.0.1:8080/cb';
const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

beforeAll(async () => {
  const register = (client_id: string, application_type: string, redirect_uris: string[]) =>
    platform.operator.create('/tenants/acme/clients', {
      client_id,
      application_type,
      token_endpoint_auth_method: 'none',
      redirect_uris,
      scope: 'openid',
    });
  await register('app', 'native', [PRIVATE_USE, 'http://[::1]/cb', WITH_PORT, 'http://localhost:7000/cb']);
  await register('web-loopback', 'web', [WITH_PORT]);
});

const ask = (client_id: string, redirect_uri: string) =>
  new TestBrowser().open(authorizeUrl(acme.issuer, { ...PKCE, client_id, redirect_uri }));

describe('RFC 8252 §7.3: the port of a loopback redirect URI is free for native clients', () => {
  it.each(['http://127.0.0.1:51004/cb', NATIVE_REDIRECT])('takes %s, and the code is bound to it', async (uri) => {
    const page = await authorize(acme.issuer, { ...PKCE, client_id: 'native', redirect_uri: uri });
    expect(page.headers.location?.startsWith(`${uri}?`)).toBe(true);
    const { code } = responseOf(page);
    const form = { grant_type: 'authorization_code', client_id: 'native', code, code_verifier: verifier };
    const wrong = await postForm(`${acme.issuer}/token`, { ...form, redirect_uri: 'http://127.0.0.1:51005/cb' });
    expect(wrong.json()).toMatchObject({ error: 'invalid_grant' });
    expectTokens(await postForm(`${acme.issuer}/token`, { ...form, redirect_uri: uri }));
  });

  it.each([
    'http://[::1]:5000/cb',
    'http://127.0.0.1:9/cb',
    'http://localhost:7001/cb',
    'http://localhost/cb',
    PRIVATE_USE,
  ])('takes %s from a client that registered its like', async (uri) => {
    expect((await ask('app', uri)).text).toContain('id="login-form"');
  });

  it.each([
    ['native', 'http://127.0.0.1:51004/other'],
    ['native', 'http://127.0.0.1:51004/cb?x=1'],
    ['native', 'http://127.0.0.1:123456/cb'],
    ['native', 'http://127.0.0.1:65536/cb'],
    ['native', 'http://127.0.0.1:0/cb'],
    ['native', 'http://127.0.0.1:00080/cb'],
    ['app', 'http://[::1]:65536/cb'],
    ['native', 'http://127.0.0.1:/cb'],
    ['native', 'http://127.0.0.1:80@evil.test/cb'],
    ['native', 'http://127.0.0.1.evil.test/cb'],
    ['native', 'http://127.0.0.2:51004/cb'],
    ['native', 'http://localhost:51004/cb'],
    ['native', 'http://[::1]:51004/cb'],
    ['native', 'https://127.0.0.1:51004/cb'],
    ['app', 'http://localhost:7001/other'],
    ['app', 'http://localhost.evil.test:7001/cb'],
    ['app', 'com.example.app:/cb/other'],
    ['web-loopback', 'http://127.0.0.1:8081/cb'],
  ])('shows %s the error page for %s', async (client, uri) => {
    expectErrorPage(await ask(client, uri), 400, 'invalid_request');
  });
});

describe('RFC 8252 §7.1: a form cannot be sent to a private-use scheme', () => {
  it.each<[string, AuthorizeParams]>([
    ['code', {}],
    ['code, where the answer would be an error', { prompt: 'none' }],
  ])('so form_post is refused, by redirect: %s', async (_, params) => {
    const request = { ...PKCE, client_id: 'app', redirect_uri: PRIVATE_USE, response_mode: 'form_post', ...params };
    const page = await new TestBrowser().open(authorizeUrl(acme.issuer, request));
    expectErrorResponse(page, PRIVATE_USE, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });

  it('and an application on a loopback port gets its form', async () => {
    const request = { ...PKCE, client_id: 'app', redirect_uri: WITH_PORT, response_mode: 'form_post' };
    const page = await authorize(acme.issuer, request);
    expect(readForm(page, 'form-post')).toMatchObject({ action: WITH_PORT, fields: { code: expect.any(String) } });
  });
});

describe('RFC 8252 §8.6: a native client that was allowed before', () => {
  const url = (params: AuthorizeParams) => authorizeUrl(acme.issuer, { ...PKCE, client_id: 'native', ...params });

  it('is answered without asking again, on any loopback port, and asked when it wants to be', async () => {
    const browser = new TestBrowser();
    const first = { redirect_uri: 'http://127.0.0.1:51004/cb', scope: 'openid' };
    await authorize(acme.issuer, { ...PKCE, client_id: 'native', ...first }, browser);
    const again = await browser.open(url({ ...first, redirect_uri: 'http://127.0.0.1:51009/cb' }));
    expect(responseOf(again)).toHaveProperty('code');
    expect((await browser.open(url({ ...first, prompt: 'consent' }))).text).toContain('id="consent-approve"');
  });
});
