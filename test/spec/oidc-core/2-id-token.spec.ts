import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorResponse } from '../../support/expect-answer.js';
import { send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  authorize,
  authorizeUrl,
  getCode,
  getSpaTokens,
  getTokens,
  pkce,
  redeem,
  refresh,
  responseOf,
  userinfo,
} from '../../support/tenant-fixture.js';

const REDIRECT = 'https://old.test/cb';
const { challenge } = pkce();
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_implicit_grant: true });

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/clients', {
    client_id: 'old',
    redirect_uris: [REDIRECT],
    grant_types: ['implicit', 'authorization_code'],
    response_types: [
      'code',
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'code id_token token',
    ],
    scope: 'openid profile email orders:read',
  });
});

/** OpenID Connect Core §3.1.3.6: the left half of the hash of the ASCII value, base64url. */
function halfHash(algorithm: 'sha256' | 'sha512', value: unknown): string {
  const hash = createHash(algorithm).update(String(value), 'ascii').digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}

function implicitly(params: AuthorizeParams) {
  const pkceParams = { code_challenge: challenge, code_challenge_method: 'S256' };
  return authorize(acme.issuer, { client_id: 'old', redirect_uri: REDIRECT, nonce: 'n-1', ...pkceParams, ...params });
}

describe('OpenID Connect Core §2: the ID token', () => {
  it('has its claims, verifies, and is no access token', async () => {
    const browser = new TestBrowser();
    const tokens = await getTokens(acme, { nonce: 'n ü', scope: 'openid profile email' }, browser);
    const jwks = createLocalJWKSet((await send(`${acme.issuer}/jwks`)).json<{ keys: [] }>());
    const { payload, protectedHeader } = await jwtVerify(String(tokens['id_token']), jwks, { audience: 'web' });
    expect(payload).toEqual({
      iss: acme.issuer,
      sub: acme.aliceId,
      aud: 'web',
      exp: Number(payload.iat) + 900,
      iat: expect.any(Number),
      auth_time: expect.any(Number),
      acr: '1',
      amr: ['pwd'],
      sid: expect.any(String),
      nonce: 'n ü',
      at_hash: halfHash('sha256', tokens['access_token']),
      name: 'Alice Archer',
      preferred_username: 'alice',
      updated_at: expect.any(Number),
      email: 'alice@acme.test',
      email_verified: true,
    });
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
    const again = decodeJwt(String((await getTokens(acme, {}, browser))['id_token']));
    expect(again['sid']).toBe(payload['sid']);
    expect(again).not.toHaveProperty('nonce');
    expect(again).not.toHaveProperty('email');
  });

  it('has the claims of the scopes that are granted after a refresh too, as they are then', async () => {
    const idTokenOf = (tokens: object) => decodeJwt(String((tokens as Record<string, string>)['id_token']));
    const tokens = await getSpaTokens(acme, { scope: 'openid email profile offline_access' });
    expect(idTokenOf(tokens)).toMatchObject({ name: 'Alice Archer', email: 'alice@acme.test' });
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { nickname: 'Al' });
    const refreshed = (await refresh(acme, String(tokens['refresh_token']))).json<Record<string, string>>();
    expect(idTokenOf(refreshed)).toMatchObject({ nickname: 'Al', email: 'alice@acme.test' });
    const narrowed = await refresh(acme, String(refreshed['refresh_token']), { scope: 'openid email' });
    expect(idTokenOf(narrowed.json())).toMatchObject({ email: 'alice@acme.test' });
    expect(idTokenOf(narrowed.json())).not.toHaveProperty('name');
  });

  it('leaves them to the userinfo endpoint for a client that wants it so', async () => {
    await platform.operator.patch('/tenants/acme/clients/other', { slim_id_token: true });
    const browser = new TestBrowser();
    const { code, verifier } = await getCode(
      acme.issuer,
      { client_id: 'other', scope: 'openid profile email' },
      browser,
    );
    const tokens = (await redeem(acme, { code, code_verifier: verifier }, 'other')).json<Record<string, string>>();
    const claims = decodeJwt(String(tokens['id_token']));
    for (const name of ['name', 'preferred_username', 'email', 'updated_at']) expect(claims).not.toHaveProperty(name);
    const answer = await userinfo(acme.issuer, String(tokens['access_token']));
    expect(answer.json()).toMatchObject({ sub: acme.aliceId, name: 'Alice Archer', email: 'alice@acme.test' });
  });

  it('has another sid in another browser', async () => {
    const [a, b] = [await getTokens(acme), await getTokens(acme)].map((t) => decodeJwt(String(t['id_token'])));
    expect(a?.['sid']).not.toBe(b?.['sid']);
    expect(a?.sub).toBe(b?.sub);
  });

  it.each([
    ['ES256', 'sha256'],
    ['EdDSA', 'sha512'],
  ] as const)('is signed with %s for a client that wants it, at_hash with it', async (alg, hash) => {
    await platform.operator.patch('/tenants/acme/clients/web', { id_token_signed_response_alg: alg });
    const tokens = await getTokens(acme);
    await platform.operator.patch('/tenants/acme/clients/web', { id_token_signed_response_alg: null });
    expect(decodeProtectedHeader(String(tokens['id_token'])).alg).toBe(alg);
    expect(decodeProtectedHeader(String(tokens['access_token'])).alg).toBe('ES256');
    expect(decodeJwt(String(tokens['id_token']))['at_hash']).toBe(halfHash(hash, tokens['access_token']));
  });
});

describe('OpenID Connect Core §3.2: the implicit flow', () => {
  it('id_token: the ID token alone, with the claims of the scopes (§5.4), in the fragment', async () => {
    const page = await implicitly({ response_type: 'id_token', scope: 'openid email' });
    expect(page.headers.location).toContain(`${REDIRECT}#`);
    const response = responseOf(page);
    expect(Object.keys(response).sort()).toEqual(['id_token', 'iss', 'state']);
    const claims = decodeJwt(response['id_token'] ?? '');
    expect(claims).toMatchObject({ nonce: 'n-1', email: 'alice@acme.test', email_verified: true, aud: 'old' });
    expect(claims).not.toHaveProperty('at_hash');
    expect(claims).not.toHaveProperty('name');
  });

  it.each(['id_token token', 'token id_token'])('%s: at_hash belongs to the access token', async (response_type) => {
    const response = responseOf(await implicitly({ response_type, scope: 'openid email' }));
    expect(Object.keys(response).sort()).toEqual(
      ['access_token', 'expires_in', 'id_token', 'iss', 'scope', 'state', 'token_type'].sort(),
    );
    const claims = decodeJwt(response['id_token'] ?? '');
    expect(claims['at_hash']).toBe(halfHash('sha256', response['access_token']));
    expect(claims).not.toHaveProperty('email');
  });

  it('needs a nonce, and the scope openid (§3.2.2.1)', async () => {
    const params = { client_id: 'old', redirect_uri: REDIRECT, response_type: 'id_token' };
    const refused = { state: 's1', iss: acme.issuer };
    const withoutNonce = await new TestBrowser().open(authorizeUrl(acme.issuer, params));
    expectErrorResponse(withoutNonce, REDIRECT, { error: 'invalid_request', ...refused });
    expect(withoutNonce.headers.location).toContain('#');
    const withoutOpenid = authorizeUrl(acme.issuer, { ...params, nonce: 'n', scope: 'orders:read' });
    expectErrorResponse(await new TestBrowser().open(withoutOpenid), REDIRECT, { error: 'invalid_scope', ...refused });
  });
});

describe('OpenID Connect Core §3.3: the hybrid flow', () => {
  it('code id_token: c_hash belongs to the code', async () => {
    const response = responseOf(await implicitly({ response_type: 'code id_token', scope: 'openid email' }));
    const claims = decodeJwt(response['id_token'] ?? '');
    // It travels in a URL; the one from the token endpoint has them.
    expect(claims).not.toHaveProperty('email');
    expect(claims['c_hash']).toBe(halfHash('sha256', response['code']));
    expect(claims).not.toHaveProperty('at_hash');
  });

  it('code id_token token: both', async () => {
    const page = await implicitly({ response_type: 'code id_token token' });
    expect(page.headers.location).toContain(`${REDIRECT}#`);
    const response = responseOf(page);
    const claims = decodeJwt(response['id_token'] ?? '');
    expect(claims['c_hash']).toBe(halfHash('sha256', response['code']));
    expect(claims['at_hash']).toBe(halfHash('sha256', response['access_token']));
  });

  it('needs PKCE or a nonce for its code', async () => {
    const page = await implicitly({
      response_type: 'code token',
      nonce: undefined,
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    expectErrorResponse(page, REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });
});
