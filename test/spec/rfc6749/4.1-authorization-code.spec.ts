import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { authorize, getTokens, pkce, responseOf, userinfo } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

describe('RFC 6749 §4.1 Authorization Code Grant', () => {
  it('leads through sign-in and consent to a code, with state and issuer', async () => {
    const { challenge } = pkce();
    const page = await authorize(acme.issuer, { code_challenge: challenge, code_challenge_method: 'S256' });
    expect(page.status).toBe(303);
    expect(page.headers.location).toMatch(/^https:\/\/rp\.test\/cb\?/);
    expect(responseOf(page)).toEqual({ code: expect.any(String), state: 's1', iss: acme.issuer });
  });

  it('exchanges the code for tokens that verify and work', async () => {
    const tokens = await getTokens(acme, { nonce: 'n1' });
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'openid' });
    const jwks = (await send(`${acme.issuer}/jwks`)).json<{ keys: [] }>();
    const { payload } = await jwtVerify(String(tokens['id_token']), createLocalJWKSet(jwks), {
      issuer: acme.issuer,
      audience: 'web',
    });
    expect(payload).toMatchObject({ sub: acme.aliceId, nonce: 'n1', amr: ['pwd'], acr: '1' });
    const answer = await userinfo(acme.issuer, String(tokens['access_token']));
    expect(answer.json()).toEqual({ sub: acme.aliceId });
  });
});
