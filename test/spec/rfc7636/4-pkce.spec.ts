import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorResponse, expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  NATIVE_REDIRECT,
  SPA_REDIRECT,
  WEB_REDIRECT,
  authorize,
  authorizeUrl,
  createTenant,
  getCode,
  pkce,
  redeem,
  responseOf,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

/** RFC 7636 appendix B. */
const VECTOR = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

const ask = (params: AuthorizeParams, issuer = acme.issuer) => new TestBrowser().open(authorizeUrl(issuer, params));

describe('RFC 7636 §4.6: S256', () => {
  it('takes the verifier of appendix B for its challenge', async () => {
    const { code } = await getCode(acme.issuer, { code_challenge: VECTOR.challenge });
    expectTokens(await redeem(acme, { code, code_verifier: VECTOR.verifier }));
  });

  it.each([
    ['the challenge itself', VECTOR.challenge],
    ['in other letters', VECTOR.verifier.toLowerCase()],
    ['one character short', VECTOR.verifier.slice(0, -1)],
    ['one character long', `${VECTOR.verifier}A`],
    ['a padded one', `${VECTOR.verifier}=`],
    ['129 characters', 'a'.repeat(129)],
  ])('refuses a verifier: %s', async (_, code_verifier) => {
    const { code } = await getCode(acme.issuer, { code_challenge: VECTOR.challenge });
    expectOAuthError(await redeem(acme, { code, code_verifier }), 400, 'invalid_grant');
  });

  it('refuses a code without its verifier', async () => {
    const { code } = await getCode(acme.issuer);
    expectOAuthError(await redeem(acme, { code }), 400, 'invalid_grant');
    expectOAuthError(await redeem(acme, { code, code_verifier: '' }), 400, 'invalid_grant');
  });
});

describe('RFC 7636 §4.4.1: the challenge', () => {
  it.each<[string, AuthorizeParams]>([
    ['plain', { code_challenge: VECTOR.verifier, code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge: VECTOR.challenge }],
    ['a method in small letters', { code_challenge: VECTOR.challenge, code_challenge_method: 's256' }],
    ['an unknown method', { code_challenge: VECTOR.challenge, code_challenge_method: 'S512' }],
    ['a method without a challenge', { code_challenge_method: 'S256' }],
    ['a challenge that is too short', { code_challenge: 'abc', code_challenge_method: 'S256' }],
    ['a padded challenge', { code_challenge: `${VECTOR.challenge}=`, code_challenge_method: 'S256' }],
    ['two challenges', { code_challenge: [VECTOR.challenge, VECTOR.challenge], code_challenge_method: 'S256' }],
  ])('is refused: %s', async (_, params) => {
    const page = await ask(params);
    expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });

  it.each([
    ['a confidential client', 'web', WEB_REDIRECT],
    ['a single-page client', 'spa', SPA_REDIRECT],
    ['a native client', 'native', NATIVE_REDIRECT],
  ])('is required from %s', async (_, client_id, redirect_uri) => {
    const page = await ask({ client_id, redirect_uri });
    expectErrorResponse(page, redirect_uri, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });
});

describe('OAuth 2.1 §7.5.1: a confidential client may send a nonce instead', () => {
  it('with the scope openid, and its ID token has it', async () => {
    const { code } = responseOf(await authorize(acme.issuer, { nonce: 'n-1' }));
    const { id_token: idToken } = expectTokens(await redeem(acme, { code }));
    expect(decodeJwt(String(idToken))['nonce']).toBe('n-1');
  });

  it('and its code is refused with a verifier', async () => {
    const { code } = responseOf(await authorize(acme.issuer, { nonce: 'n-1' }));
    expectOAuthError(await redeem(acme, { code, code_verifier: VECTOR.verifier }), 400, 'invalid_grant');
  });

  it.each<[string, AuthorizeParams, RegExp]>([
    ['without openid', { nonce: 'n', scope: 'orders:read' }, /scope openid a nonce.*require_pkce: false/],
    ['when the nonce is empty', { nonce: '' }, /code_challenge is required.*nonce/],
    ['when it is public', { nonce: 'n', client_id: 'spa', redirect_uri: SPA_REDIRECT }, /the client is public/],
  ])('but not %s', async (_, params, hint) => {
    const { error, error_description: description } = responseOf(await ask(params));
    expect([error, description]).toEqual(['invalid_request', expect.stringMatching(hint)]);
  });

  it('but not where its tenant or its registration asks for more', async () => {
    const strict = await createTenant(platform, 'strict', { require_pkce: true });
    const refusal = async (issuer: string) => responseOf(await ask({ nonce: 'n' }, issuer))['error_description'];
    expect(await refusal(strict.issuer)).toMatch(/require_pkce of the tenant/);
    await platform.operator.patch('/tenants/strict/clients/web', { require_pkce: true });
    expect(await refusal(strict.issuer)).toMatch(/require_pkce of the client/);
    await platform.operator.patch('/tenants/strict', { policy: { require_pkce: 'or_nonce' } });
    await platform.operator.patch('/tenants/strict/clients/web', { require_pkce: null });
    expect((await ask({ nonce: 'n' }, strict.issuer)).text).toContain('id="login-form"');
  });
});

describe('RFC 9700 §2.1.1: a confidential client can be excused', () => {
  it('by itself, and then its code needs no verifier', async () => {
    const { code } = responseOf(await authorize(acme.issuer, { client_id: 'legacy' }));
    expectTokens(await redeem(acme, { code }, 'legacy'));
  });

  it('by itself, and is still held to the challenge it sends', async () => {
    const { challenge, verifier } = pkce();
    const params = { client_id: 'legacy', code_challenge: challenge, code_challenge_method: 'S256' };
    const { code } = responseOf(await authorize(acme.issuer, params));
    expectOAuthError(await redeem(acme, { code }, 'legacy'), 400, 'invalid_grant');
    expectTokens(await redeem(acme, { code, code_verifier: verifier }, 'legacy'));
  });

  it('by its tenant, while public clients are not', async () => {
    const lax = await createTenant(platform, 'lax', { require_pkce: false });
    expect((await ask({}, lax.issuer)).text).toContain('id="login-form"');
    const page = await ask({ client_id: 'spa', redirect_uri: SPA_REDIRECT }, lax.issuer);
    expectErrorResponse(page, SPA_REDIRECT, { error: 'invalid_request', state: 's1', iss: lax.issuer });
  });

  it('but a public one cannot be registered without', async () => {
    const body = { token_endpoint_auth_method: 'none', redirect_uris: [SPA_REDIRECT], require_pkce: false };
    const answer = await platform.operator.request('POST', '/tenants/acme/clients', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('require_pkce');
  });
});

describe('RFC 9700 §4.8.2: PKCE downgrade', () => {
  it('refuses a verifier for a code that was issued without a challenge', async () => {
    const { code } = responseOf(await authorize(acme.issuer, { client_id: 'legacy' }));
    const answer = await redeem(acme, { code, code_verifier: VECTOR.verifier }, 'legacy');
    expectOAuthError(answer, 400, 'invalid_grant');
  });
});
