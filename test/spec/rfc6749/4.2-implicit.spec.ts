import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorResponse } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  authorize,
  authorizeUrl,
  createTenant,
  introspect,
  responseOf,
  userinfo,
} from '../../support/tenant-fixture.js';

const REDIRECT = 'https://old.test/cb';
const IMPLICIT = { client_id: 'old', redirect_uri: REDIRECT, response_type: 'token', scope: 'openid' };
const platform = givenPlatform();
const off = givenTenant(platform, 'off');
const on = givenTenant(platform, 'on', { allow_implicit_grant: true });

beforeAll(async () => {
  for (const slug of ['off', 'on']) {
    await platform.operator.create(`/tenants/${slug}/clients`, {
      client_id: 'old',
      application_type: 'browser',
      redirect_uris: [REDIRECT],
      grant_types: ['implicit'],
      response_types: ['token', 'id_token', 'id_token token'],
      scope: 'openid profile orders:read stock:read offline_access',
    });
  }
});

describe('RFC 6749 §4.2: the implicit grant needs the yes of tenant and client', () => {
  it('is off where only the client wants it', async () => {
    const page = await new TestBrowser().open(authorizeUrl(off.issuer, IMPLICIT));
    expect(page.headers.location).toContain(`${REDIRECT}#`);
    expectErrorResponse(page, REDIRECT, { error: 'unauthorized_client', state: 's1', iss: off.issuer });
  });

  it('is off where only the tenant wants it', async () => {
    const params = { response_type: 'token', scope: 'openid' };
    const page = await new TestBrowser().open(authorizeUrl(on.issuer, params));
    expectErrorResponse(page, 'https://rp.test/cb', {
      error: 'unauthorized_client',
      state: 's1',
      iss: on.issuer,
    });
  });

  it('is off again at once when the tenant takes its yes back', async () => {
    const brief = await createTenant(platform, 'brief', { allow_implicit_grant: true });
    await platform.operator.create('/tenants/brief/clients', {
      client_id: 'old',
      redirect_uris: [REDIRECT],
      grant_types: ['implicit'],
      response_types: ['token'],
      scope: 'openid',
    });
    const browser = new TestBrowser();
    expect(responseOf(await authorize(brief.issuer, IMPLICIT, browser))).toHaveProperty('access_token');
    await platform.operator.patch('/tenants/brief', { policy: { allow_implicit_grant: false } });
    expect(responseOf(await authorize(brief.issuer, IMPLICIT, browser))).toMatchObject({
      error: 'unauthorized_client',
    });
  });
});

describe('RFC 6749 §4.2.2: the access token response', () => {
  it('comes in the fragment, complete, and without a refresh token', async () => {
    const page = await authorize(on.issuer, IMPLICIT);
    expect(page.headers.location).toMatch(/^https:\/\/old\.test\/cb#/);
    expect(new URL(page.headers.location ?? '').search).toBe('');
    const response = responseOf(page);
    expect(response).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '900',
      scope: 'openid',
      state: 's1',
      iss: on.issuer,
    });
    expect((await userinfo(on.issuer, response['access_token'] ?? '')).json()).toEqual({ sub: on.aliceId });
  });

  it('gives an opaque token that is alive', async () => {
    const { access_token: token = '' } = responseOf(await authorize(on.issuer, { ...IMPLICIT, scope: 'stock:read' }));
    expect(await introspect(on, token, 'orders-api')).toMatchObject({
      active: true,
      sub: on.aliceId,
      client_id: 'old',
    });
  });

  it('ignores offline_access, and stores no refresh token', async () => {
    const params = { ...IMPLICIT, scope: 'openid offline_access' };
    const response = responseOf(await authorize(on.issuer, params));
    expect(response['scope']).toBe('openid');
    expect(response).not.toHaveProperty('refresh_token');
    const rows = await platform.database.query('SELECT 1 FROM refresh_tokens WHERE tenant_id = $1', [on.id]);
    expect(rows).toHaveLength(0);
  });

  it.each(['query', 'form_post'])('with response_mode=%s', async (response_mode) => {
    const page = await new TestBrowser().open(authorizeUrl(on.issuer, { ...IMPLICIT, response_mode }));
    if (response_mode === 'form_post') expect(page.text).toContain('id="login-form"');
    else {
      expect(page.headers.location).toContain(`${REDIRECT}#`);
      expectErrorResponse(page, REDIRECT, { error: 'invalid_request', state: 's1', iss: on.issuer });
    }
  });
});
