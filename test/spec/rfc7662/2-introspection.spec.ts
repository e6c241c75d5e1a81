import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { expectOAuthError } from '../../support/expect-answer.js';
import { basic, postForm, send } from '../../support/http.js';
import { givenPlatform } from '../../support/given.js';
import { signAsTenant } from '../../support/sign-as-tenant.js';
import {
  type TenantFixture,
  type TokenAnswer,
  clientCredentials,
  createTenant,
  getSpaTokens,
  getTokens,
  introspect,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
});

function ask(form: Record<string, string>, authorization?: string) {
  return postForm(`${acme.issuer}/introspect`, form, { authorization });
}

const accessToken = (tokens: TokenAnswer) => String(tokens['access_token']);

describe('RFC 7662 §2.2: an active token', () => {
  it.each([
    ['JWT', 'orders:read', () => acme.api],
    ['opaque', 'stock:read', () => acme.opaqueApi],
  ])('is described: %s', async (_, scope, api) => {
    const token = accessToken(await getTokens(acme, { scope: `openid ${scope}` }));
    const answer = await ask({ token }, basic('web', acme.secrets.web));
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const description = answer.json<Record<string, number>>();
    expect(description).toEqual({
      active: true,
      iss: acme.issuer,
      sub: acme.aliceId,
      aud: [api(), acme.issuer],
      client_id: 'web',
      username: 'alice',
      scope: `openid ${scope}`,
      token_type: 'Bearer',
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
      // RFC 9470 §6.2.
      acr: '1',
      amr: ['pwd'],
      auth_time: expect.any(Number),
    });
    expect(Number(description['exp']) - Number(description['iat'])).toBe(900);
  });

  it('of a client for itself has no user', async () => {
    const tokens = (await clientCredentials(acme, { scope: 'orders:read' })).json<TokenAnswer>();
    const description = await introspect(acme, accessToken(tokens), 'machine');
    expect(description).toMatchObject({ active: true, sub: 'machine', aud: acme.api });
    expect(description).not.toHaveProperty('username');
  });
});

describe('RFC 7662 §4: who may know', () => {
  it('the client it was issued to and the API it is for; to everybody else it is not active', async () => {
    for (const scope of ['openid orders:read', 'openid stock:read']) {
      const token = accessToken(await getTokens(acme, { scope }));
      expect(await introspect(acme, token, 'web')).toMatchObject({ active: true });
      expect(await introspect(acme, token, 'orders-api')).toMatchObject({ active: true });
      for (const client of ['other', 'legacy', 'machine'] as const) {
        expect(await introspect(acme, token, client)).toEqual({ active: false });
      }
    }
  });

  it('an API that is not in the audience is not told', async () => {
    const token = accessToken(await getTokens(acme, { scope: 'openid' }));
    expect(await introspect(acme, token, 'orders-api')).toEqual({ active: false });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['nonsense', () => 'nonsense'],
    ['something like a JWT', () => 'a.b.c'],
    ['a long text', () => 'x'.repeat(20_000)],
    ['a token of another tenant', async () => accessToken(await getTokens(globex, { scope: 'openid stock:read' }))],
    ['a JWT of another tenant', async () => accessToken(await getTokens(globex))],
    ['an ID token', async () => String((await getTokens(acme))['id_token'])],
    ['a refresh token of another client', async () => String((await getSpaTokens(acme))['refresh_token'])],
    ['a JWT cut short', async () => accessToken(await getTokens(acme)).slice(0, -2)],
  ])('answers exactly {"active":false} to %s', async (_, token) => {
    const answer = await ask({ token: await token() }, basic('web', acme.secrets.web));
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('{"active":false}');
  });

  it('answers so for an expired token', async () => {
    const token = accessToken(await getTokens(acme, { scope: 'openid stock:read' }));
    await platform.database.query('UPDATE access_tokens SET expires_at = now()');
    expect(await introspect(acme, token)).toEqual({ active: false });
  });

  it.each<[string, object, { typ?: string }]>([
    ['expired', { iat: 1_000_000_000, exp: 1_000_000_900 }, {}],
    ['not typed as an access token', {}, { typ: 'JWT' }],
    ['of another issuer', { iss: 'https://as.example.com' }, {}],
    ['of a grant that does not exist', { grant_id: '00000000-0000-4000-8000-000000000000' }, {}],
    ['of a client that does not exist', { client_id: 'nobody' }, {}],
    ['without an expiry', { exp: undefined }, {}],
  ])('answers so for a JWT signed with the right key, but %s', async (_, claims, header) => {
    const good = decodeJwt(accessToken(await getTokens(acme)));
    const sign = (more: object, typ: { typ?: string }) =>
      signAsTenant(platform, acme, { ...good, ...more }, { typ: 'at+jwt', ...typ });
    expect(await introspect(acme, await sign({}, {}))).toMatchObject({ active: true });
    expect(await introspect(acme, await sign(claims, header))).toEqual({ active: false });
  });

  it('answers so once the client is disabled', async () => {
    const token = accessToken(await getTokens(acme, { client_id: 'web', scope: 'openid orders:read' }));
    await platform.operator.patch('/tenants/acme/clients/web', { enabled: false });
    expect(await introspect(acme, token, 'orders-api')).toEqual({ active: false });
    await platform.operator.patch('/tenants/acme/clients/web', { enabled: true });
    expect(await introspect(acme, token, 'orders-api')).toMatchObject({ active: true });
  });
});

describe('RFC 7662 §2.1: how it is asked', () => {
  it('needs the authentication of a confidential client', async () => {
    expectOAuthError(await ask({ token: 'x' }), 401, 'invalid_client');
    expectOAuthError(await ask({ token: 'x', client_id: 'spa' }), 401, 'invalid_client');
    expectOAuthError(await ask({ token: 'x' }, basic('web', 'wrong')), 401, 'invalid_client');
  });

  it('needs the token, once', async () => {
    const authorization = basic('web', acme.secrets.web);
    expectOAuthError(await ask({}, authorization), 400, 'invalid_request');
    expectOAuthError(await ask({ token: '' }, authorization), 400, 'invalid_request');
    const twice = await postForm(`${acme.issuer}/introspect`, 'token=a&token=b', { authorization });
    expectOAuthError(twice, 400, 'invalid_request');
  });

  it('finds the token whatever the hint says', async () => {
    const token = accessToken(await getTokens(acme));
    const authorization = basic('web', acme.secrets.web);
    for (const token_type_hint of ['access_token', 'refresh_token', 'pigeon']) {
      expect((await ask({ token, token_type_hint }, authorization)).json()).toMatchObject({ active: true });
    }
  });

  it('does not answer GET, where the token would be logged', async () => {
    const headers = { authorization: basic('web', acme.secrets.web) };
    expect((await send(`${acme.issuer}/introspect?token=x`, { headers })).status).toBe(405);
  });
});

describe('RFC 7662 §2.1: a refresh token', () => {
  const about = (token: unknown, client?: 'other' | 'orders-api') => introspect(acme, String(token), client);

  it('is described to the client it was issued to, without a token_type', async () => {
    const { refresh_token: token } = await getTokens(acme, { scope: 'openid offline_access orders:read groups' });
    const answer = await about(token);
    expect(answer).toEqual({
      active: true,
      iss: acme.issuer,
      sub: acme.aliceId,
      client_id: 'web',
      username: 'alice',
      scope: 'openid offline_access orders:read',
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    expect(Number(answer['exp'])).toBeGreaterThan(Number(answer['iat']));
    const form = { token: String(token), token_type_hint: 'access_token' };
    expect((await ask(form, basic('web', acme.secrets.web))).json()).toMatchObject({ active: true });
  });

  it('is nothing to anybody else: another client, a resource server, another tenant', async () => {
    const { refresh_token: token } = await getTokens(acme, { scope: 'openid orders:read' });
    expect(await about(token, 'other')).toEqual({ active: false });
    expect(await about(token, 'orders-api')).toEqual({ active: false });
    expect(await introspect(globex, String(token))).toEqual({ active: false });
  });

  it.each<[string, (token: string) => Promise<unknown>]>([
    [
      'it is revoked',
      (token) => postForm(`${acme.issuer}/revoke`, { token }, { authorization: basic('web', acme.secrets.web) }),
    ],
    ['it has expired', () => platform.database.query('UPDATE refresh_tokens SET expires_at = now()')],
    ['its grant has expired', () => platform.database.query('UPDATE grants SET expires_at = now()')],
    ['it was replaced', () => platform.database.query('UPDATE refresh_tokens SET consumed_at = now()')],
  ])('is not active when %s', async (_, end) => {
    const { refresh_token: token } = await getTokens(acme, { scope: 'openid offline_access' });
    expect(await about(token)).toMatchObject({ active: true });
    await end(String(token));
    expect(await about(token)).toEqual({ active: false });
  });

  it('is not active when the client may not refresh any more', async () => {
    const { refresh_token: token } = await getTokens(acme, { scope: 'openid offline_access' });
    await platform.operator.patch('/tenants/acme/clients/web', { grant_types: ['authorization_code'] });
    const meanwhile = await about(token);
    await platform.operator.patch('/tenants/acme/clients/web', {
      grant_types: ['authorization_code', 'refresh_token'],
    });
    expect(meanwhile).toEqual({ active: false });
    expect(await about(token)).toMatchObject({ active: true });
  });
});
