import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { expectTokens } from '../../support/expect-answer.js';
import { send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { type TenantFixture, clientCredentials, createTenant, getTokens } from '../../support/tenant-fixture.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

async function keySet(tenant: TenantFixture) {
  return createLocalJWKSet((await send(`${tenant.issuer}/jwks`)).json<{ keys: [] }>());
}

describe('RFC 9068 §2: JWT access tokens', () => {
  it('are typed at+jwt and verify with the published key', async () => {
    const tokens = await getTokens(acme, { scope: 'openid orders:read' });
    const { protectedHeader } = await jwtVerify(String(tokens['access_token']), await keySet(acme), {
      issuer: acme.issuer,
      audience: acme.api,
      typ: 'at+jwt',
      algorithms: ['ES256'],
    });
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
  });

  it('carry the claims of §2.2, and nothing about the person beyond them', async () => {
    const before = Math.floor(Date.now() / 1000);
    const tokens = await getTokens(acme, { scope: 'openid profile email orders:read', nonce: 'n1' });
    const claims = decodeJwt(String(tokens['access_token']));
    expect(claims).toEqual({
      iss: acme.issuer,
      sub: acme.aliceId,
      aud: [acme.api, acme.issuer],
      client_id: 'web',
      exp: Number(claims.iat) + 900,
      iat: expect.any(Number),
      jti: expect.stringMatching(UUID),
      scope: 'openid profile email orders:read',
      auth_time: expect.any(Number),
      acr: '1',
      amr: ['pwd'],
      grant_id: expect.stringMatching(UUID),
    });
    expect(claims.iat).toBeGreaterThanOrEqual(before);
    expect(Number.isInteger(claims['auth_time'])).toBe(true);
  });

  it('of a client for itself have its own identifier as subject and no sign-in (§2.2)', async () => {
    const tokens = expectTokens(await clientCredentials(acme, { scope: 'orders:read' }));
    expect(Object.keys(decodeJwt(String(tokens['access_token']))).sort()).toEqual(
      ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub'].sort(),
    );
  });

  it('have a jti of their own each', async () => {
    const ids = new Set<unknown>();
    for (let n = 0; n < 20; n += 1) {
      const tokens = expectTokens(await clientCredentials(acme, { scope: 'orders:read' }));
      ids.add(decodeJwt(String(tokens['access_token'])).jti);
    }
    expect(ids.size).toBe(20);
  });

  it.each(['RS256', 'EdDSA'])(
    'are signed with %s when the tenant says so, with a key that is published',
    async (alg) => {
      const slug = `alg-${alg.toLowerCase()}`;
      const tenant = await createTenant(platform, slug, { access_token_signing_alg: alg, id_token_signing_alg: alg });
      const tokens = await getTokens(tenant, { scope: 'openid orders:read' });
      for (const name of ['access_token', 'id_token']) {
        const token = String(tokens[name]);
        expect(decodeProtectedHeader(token).alg).toBe(alg);
        await jwtVerify(token, await keySet(tenant), { issuer: tenant.issuer });
      }
    },
  );
});
