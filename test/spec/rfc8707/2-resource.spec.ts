import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorResponse, expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { type Fields, tokenFor } from '../../support/grants.js';
import { basic, postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  WEB_REDIRECT,
  authorizeUrl,
  clientCredentials,
  getCode,
  introspect,
  pkce,
  redeem,
  userinfo,
} from '../../support/tenant-fixture.js';

const BOTH = 'openid offline_access orders:read stock:read';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

async function exchange(params: AuthorizeParams, resource?: string) {
  const { code, verifier } = await getCode(acme.issuer, params);
  return redeem(acme, { code, code_verifier: verifier, ...(resource !== undefined && { resource }) });
}

const audienceOf = (tokens: Record<string, unknown>) => decodeJwt(String(tokens['access_token'])).aud;

describe('RFC 8707 §2: the resource of a token', () => {
  it('follows from the scopes when there is no resource, and userinfo comes with it', async () => {
    const tokens = expectTokens(await exchange({ scope: 'openid orders:read' }));
    expect(audienceOf(tokens)).toEqual([acme.api, acme.issuer]);
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(200);
  });

  it('is the only audience when it is named: the token does not serve userinfo', async () => {
    const tokens = expectTokens(await exchange({ scope: 'openid orders:read', resource: acme.api }));
    expect(audienceOf(tokens)).toBe(acme.api);
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(401);
  });

  it('is the only one whose scopes the answer names, as they are all the token has (RFC 6749 §5.1)', async () => {
    const tokens = expectTokens(await exchange({ scope: 'openid profile orders:read', resource: acme.api }));
    expect(tokens['scope']).toBe('orders:read');
    expect(decodeJwt(String(tokens['access_token']))['scope']).toBe('orders:read');
    expect(tokens['id_token']).toBeDefined();
  });

  it('is the tenant itself when only OpenID Connect is asked for', async () => {
    expect(audienceOf(expectTokens(await exchange({ scope: 'openid' })))).toBe(acme.issuer);
  });

  it('is needed when the scopes belong to several', async () => {
    const { challenge } = pkce();
    const params = { scope: BOTH, code_challenge: challenge, code_challenge_method: 'S256' };
    const page = await new TestBrowser().open(authorizeUrl(acme.issuer, params));
    expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_target', state: 's1', iss: acme.issuer });
  });

  it('gives a machine everything it may do there, when it names no scope', async () => {
    const tokens = expectTokens(await clientCredentials(acme, { resource: acme.opaqueApi }));
    expect(tokens['scope']).toBe('stock:read');
    expect(await introspect(acme, String(tokens['access_token']), 'machine')).toMatchObject({ aud: acme.opaqueApi });
  });
});

describe('RFC 8707 §2.2: one grant for several resources, one token for each', () => {
  it('chooses among those granted at the exchange and at every refresh', async () => {
    const params = { scope: BOTH, resource: [acme.api, acme.opaqueApi] };
    const tokens = expectTokens(await exchange(params, acme.api));
    expect(audienceOf(tokens)).toBe(acme.api);
    expect(decodeJwt(String(tokens['access_token']))['scope']).toBe('orders:read');

    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    const next = expectTokens(await tokenFor(acme, 'web', { ...refresh, resource: acme.opaqueApi }));
    expect(await introspect(acme, String(next['access_token']))).toMatchObject({
      active: true,
      aud: acme.opaqueApi,
      scope: 'stock:read',
    });
  });

  it('gives a token for userinfo alone when the issuer is named, whether or not it was named before', async () => {
    for (const resource of [[acme.api], [acme.api, acme.issuer]]) {
      const params = { scope: 'openid email offline_access orders:read', resource };
      const first = expectTokens(await exchange(params, acme.api));
      expect(audienceOf(first)).toBe(acme.api);
      const refresh = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
      const next = expectTokens(await tokenFor(acme, 'web', { ...refresh, resource: acme.issuer }));
      expect([audienceOf(next), next['scope']]).toEqual([acme.issuer, 'openid email offline_access']);
      expect((await userinfo(acme.issuer, String(next['access_token']))).status).toBe(200);
    }
  });

  it('gives no token for userinfo to whom openid was not granted', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'orders:read', resource: acme.api });
    const answer = await redeem(acme, { code, code_verifier: verifier, resource: acme.issuer });
    expectOAuthError(answer, 400, 'invalid_target');
    const form = { grant_type: 'client_credentials', resource: acme.issuer };
    expectOAuthError(await tokenFor(acme, 'machine', form), 400, 'invalid_target');
  });

  it('gives none at all for several at once', async () => {
    const resource = [acme.api, acme.opaqueApi];
    const machine = { grant_type: 'client_credentials', resource };
    expectOAuthError(await tokenFor(acme, 'machine', machine), 400, 'invalid_target');
    const { code, verifier } = await getCode(acme.issuer, { scope: BOTH, resource });
    const exchangeOf = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    expectOAuthError(await tokenFor(acme, 'web', { ...exchangeOf, resource }), 400, 'invalid_target');
    expectTokens(await tokenFor(acme, 'web', { ...exchangeOf, resource: [acme.api, acme.api] }));
  });

  it('does not fall back to userinfo when the only resource is gone', async () => {
    const api = {
      identifier: 'https://gone.test',
      display_name: 'Gone',
      scopes: [{ name: 'gone:read', description: 'x' }],
    };
    const { id } = await platform.operator.create('/tenants/acme/apis', api);
    await platform.operator.create('/tenants/acme/clients', {
      client_id: 'leaver',
      redirect_uris: [WEB_REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid offline_access gone:read',
    });
    const params = { client_id: 'leaver', scope: 'openid offline_access gone:read', resource: api.identifier };
    const { code, verifier } = await getCode(acme.issuer, params);
    const ask = (form: Fields) => postForm(`${acme.issuer}/token`, { ...form, client_id: 'leaver' });
    const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    const tokens = expectTokens(await ask(form));
    await platform.operator.request('DELETE', `/tenants/acme/apis/${String(id)}`);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    expectOAuthError(await ask(refresh), 400, 'invalid_target');
    const next = expectTokens(await ask({ ...refresh, resource: acme.issuer }));
    expect(audienceOf(next)).toBe(acme.issuer);
  });

  it('refuses one that was not granted, and leaves code and refresh token usable', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access orders:read' });
    const form = { code, code_verifier: verifier };
    expectOAuthError(await redeem(acme, { ...form, resource: acme.opaqueApi }), 400, 'invalid_target');
    const tokens = expectTokens(await redeem(acme, form));
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    const other = { ...refresh, resource: acme.opaqueApi };
    expectOAuthError(await tokenFor(acme, 'web', other), 400, 'invalid_target');
    expectTokens(await tokenFor(acme, 'web', { ...refresh, resource: acme.api }));
  });
});

describe('RFC 8707 §2: invalid_target', () => {
  it.each<[string, () => string]>([
    ['unknown', () => 'https://nobody.test'],
    ['relative', () => '/orders'],
    ['with a fragment', () => `${acme.api}#x`],
    ['with a path that is not registered', () => `${acme.api}/orders`],
    ['with a port that is not registered', () => `${acme.api}:8443`],
    ['where the client may do nothing', () => `${platform.url}/api`],
  ])('%s', async (_, resource) => {
    const answer = await clientCredentials(acme, { resource: resource() });
    expectOAuthError(answer, 400, 'invalid_target');
    expect(answer.json()['error_description']).toContain(resource());
  });

  it.each<[string, (api: string) => string]>([
    ['a slash', (api) => `${api}/`],
    ['other letters', (api) => api.toUpperCase()],
    ['the default port', (api) => `${api}:443`],
  ])('but not for the same resource with %s (RFC 3986 §6.2): the audience is as registered', async (_, spell) => {
    const tokens = expectTokens(await clientCredentials(acme, { resource: spell(acme.api) }));
    expect(decodeJwt(String(tokens['access_token'])).aud).toBe(acme.api);
  });

  it('nor where an older version registered both spellings: each is found by its own', async () => {
    const [first, second] = ['https://twin.test', 'https://twin.test/'];
    const at = `/tenants/${acme.slug}`;
    const scopes = [{ name: 'twins:read', description: 'See twins' }];
    const { id } = await platform.operator.create<{ id: string }>(`${at}/apis`, {
      identifier: 'https://twin.test/other',
      display_name: 'Second',
      scopes,
    });
    await platform.operator.create(`${at}/apis`, { identifier: first, display_name: 'First', scopes });
    await platform.database.query('UPDATE apis SET identifier = $2 WHERE id = $1', [id, second]);
    await platform.operator.patch(`${at}/apis/${id}`, { display_name: 'Twin' });
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(`${at}/clients`, {
      client_id: 'twins',
      grant_types: ['authorization_code'],
      redirect_uris: [WEB_REDIRECT],
      permissions: [first, second].map((api) => ({ api, scopes: ['twins:read'] })),
    });
    const request = { client_id: 'twins', scope: 'twins:read', resource: [first, second] };
    for (const resource of [first, second]) {
      const { code, verifier } = await getCode(acme.issuer, request);
      const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
      const answer = await postForm(
        `${acme.issuer}/token`,
        { ...form, resource },
        { authorization: basic('twins', secret) },
      );
      expect(audienceOf(expectTokens(answer))).toBe(resource);
    }
  });

  it('when one of several is unknown', async () => {
    const form = { grant_type: 'client_credentials', resource: [acme.api, 'https://nobody.test'] };
    expectOAuthError(await tokenFor(acme, 'machine', form), 400, 'invalid_target');
  });

  it('when one of several was not granted, at the exchange and at a refresh', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access orders:read' });
    const exchange = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    const resource = [acme.api, acme.opaqueApi];
    expectOAuthError(await tokenFor(acme, 'web', { ...exchange, resource }), 400, 'invalid_target');
    const { refresh_token } = expectTokens(await tokenFor(acme, 'web', exchange));
    const refresh = { grant_type: 'refresh_token', refresh_token: String(refresh_token), resource };
    expectOAuthError(await tokenFor(acme, 'web', refresh), 400, 'invalid_target');
  });

  it('invalid_scope when the resource does not know a scope', async () => {
    const form = { resource: acme.api, scope: 'stock:read' };
    expectOAuthError(await clientCredentials(acme, form), 400, 'invalid_scope');
  });
});
