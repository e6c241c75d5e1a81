import { beforeAll, describe, expect, it } from '@jest/globals';
import { postForm, send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { type TokenAnswer, clientCredentials, getTokens, userinfo } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let token: string;

beforeAll(async () => {
  await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, {
    given_name: 'Alice',
    phone_number: '+49301234567',
    address: { country: 'DE', locality: 'Berlin' },
  });
  token = String((await getTokens(acme))['access_token']);
});

const url = () => `${acme.issuer}/userinfo`;

describe('OpenID Connect Core §5.3 and §5.4: claims by scope', () => {
  it.each([
    ['openid', []],
    ['openid profile', ['given_name', 'name', 'preferred_username', 'updated_at']],
    ['openid email', ['email', 'email_verified']],
    ['openid phone', ['phone_number', 'phone_number_verified']],
    ['openid address', ['address']],
    ['openid email orders:read', ['email', 'email_verified']],
  ])('%s', async (scope, names) => {
    const answer = await userinfo(acme.issuer, String((await getTokens(acme, { scope }))['access_token']));
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(Object.keys(answer.json()).sort()).toEqual([...names, 'sub'].sort());
    expect(answer.json()['sub']).toBe(acme.aliceId);
  });

  it('sends the values as they are stored', async () => {
    const scope = 'openid profile email address phone';
    const answer = await userinfo(acme.issuer, String((await getTokens(acme, { scope }))['access_token']));
    expect(answer.json()).toMatchObject({
      name: 'Alice Archer',
      preferred_username: 'alice',
      email: 'alice@acme.test',
      email_verified: true,
      phone_number: '+49301234567',
      address: { country: 'DE', locality: 'Berlin' },
      updated_at: expect.any(Number),
    });
  });
});

describe('RFC 6750 §2: how the token is sent', () => {
  it('in the header, by GET and POST, whatever the case of the scheme', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await send(url(), { method, headers: { authorization: `bEaReR ${token}` } });
      expect([answer.status, answer.json()]).toEqual([200, { sub: acme.aliceId }]);
    }
  });

  it('in a form by POST', async () => {
    expect((await postForm(url(), { access_token: token })).json()).toEqual({ sub: acme.aliceId });
  });

  it('never in the query', async () => {
    expect((await send(`${url()}?access_token=${token}`)).status).toBe(401);
    expect((await postForm(`${url()}?access_token=${token}`, '')).status).toBe(401);
  });

  it('not in two ways at once', async () => {
    const answer = await postForm(url(), { access_token: token }, { authorization: `Bearer ${token}` });
    expect([answer.status, answer.json()['error']]).toEqual([400, 'invalid_request']);
    const twice = await postForm(url(), `access_token=${token}&access_token=${token}`);
    expect([twice.status, twice.json()['error']]).toEqual([400, 'invalid_request']);
  });
});

describe('RFC 6750 §3: errors', () => {
  it('challenges a request without a token, and names no error', async () => {
    for (const authorization of [undefined, 'Basic eDp5', 'Bearer']) {
      const answer = await send(url(), { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer(?!.*error=)/);
    }
  });

  it.each<[string, () => unknown]>([
    ['nonsense', () => 'nonsense'],
    ['something like a JWT', () => 'a.b.c'],
    ['an ID token', async () => (await getTokens(acme))['id_token']],
    ['a refresh token', async () => (await getTokens(acme))['refresh_token']],
    [
      'a token for an API alone',
      async () => (await getTokens(acme, { scope: 'openid orders:read', resource: acme.api }))['access_token'],
    ],
    [
      'a client’s own token',
      async () => (await clientCredentials(acme, { scope: 'orders:read' })).json<TokenAnswer>()['access_token'],
    ],
  ])('invalid_token for %s', async (_, given) => {
    const answer = await userinfo(acme.issuer, String(await given()));
    expect([answer.status, answer.json()['error']]).toEqual([401, 'invalid_token']);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('invalid_token for an expired one', async () => {
    const brief = await getTokens(acme, { scope: 'openid stock:read' });
    await platform.database.query('UPDATE access_tokens SET expires_at = now()');
    expect((await userinfo(acme.issuer, String(brief['access_token']))).json()['error']).toBe('invalid_token');
  });

  it('insufficient_scope for a token of the tenant without the scope openid', async () => {
    const unscoped = await getTokens(acme, { scope: undefined });
    const answer = await userinfo(acme.issuer, String(unscoped['access_token']));
    expect([answer.status, answer.json()['error']]).toEqual([403, 'insufficient_scope']);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="insufficient_scope"/);
  });

  it('is an answer that any origin may read, challenge included', async () => {
    const answer = await send(url(), { headers: { origin: 'https://spa.test' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-expose-headers']?.toLowerCase()).toContain('www-authenticate');
  });
});
