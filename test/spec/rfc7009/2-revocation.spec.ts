import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { tokenFor } from '../../support/grants.js';
import { basic, postForm } from '../../support/http.js';
import { givenPlatform } from '../../support/given.js';
import {
  type TenantFixture,
  createTenant,
  getSpaTokens,
  getTokens,
  introspect,
  refresh,
  userinfo,
} from '../../support/tenant-fixture.js';

/** Section 2.2: the same for every token; some libraries insist on JSON. */
const NO_NEWS = '{}';

const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
});

function revoke(token: string | undefined, client: 'web' | 'other' = 'web', more: Record<string, string> = {}) {
  const authorization = basic(client, acme.secrets[client]);
  return postForm(`${acme.issuer}/revoke`, { token, ...more }, { authorization });
}

const refreshWeb = (refresh_token: string | undefined) =>
  tokenFor(acme, 'web', { grant_type: 'refresh_token', refresh_token });

describe('RFC 7009 §2.1: what ends with what', () => {
  it.each(['orders:read', 'stock:read'])('an access token goes alone (%s)', async (scope) => {
    const tokens = await getTokens(acme, { scope: `openid offline_access ${scope}` });
    const answer = await revoke(tokens['access_token']);
    expect([answer.status, answer.text]).toEqual([200, NO_NEWS]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await introspect(acme, String(tokens['access_token']))).toEqual({ active: false });
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(401);
    expectTokens(await refreshWeb(tokens['refresh_token']));
  });

  it.each(['orders:read', 'stock:read'])('a refresh token takes every access token with it (%s)', async (scope) => {
    const tokens = await getTokens(acme, { scope: `openid offline_access ${scope}` });
    const later = expectTokens(await refreshWeb(tokens['refresh_token']));
    expect((await revoke(tokens['refresh_token'])).status).toBe(200);
    for (const { access_token: token } of [tokens, later]) {
      expect(await introspect(acme, String(token))).toEqual({ active: false });
    }
    expectOAuthError(await refreshWeb(tokens['refresh_token']), 400, 'invalid_grant');
  });

  it('leaves other grants of the same user and client alone', async () => {
    const [mine, theirs] = [await getTokens(acme), await getTokens(acme)];
    await revoke(mine['refresh_token']);
    expect(await introspect(acme, String(theirs['access_token']))).toMatchObject({ active: true });
  });

  it('a public client revokes its own by naming itself', async () => {
    const tokens = await getSpaTokens(acme);
    const form = { token: tokens['refresh_token'], client_id: 'spa' };
    expect((await postForm(`${acme.issuer}/revoke`, form)).status).toBe(200);
    expectOAuthError(await refresh(acme, String(tokens['refresh_token'])), 400, 'invalid_grant');
  });

  it('finds the token whatever the hint says', async () => {
    const tokens = await getTokens(acme);
    expect((await revoke(tokens['access_token'], 'web', { token_type_hint: 'refresh_token' })).status).toBe(200);
    expect(await introspect(acme, String(tokens['access_token']))).toEqual({ active: false });
    expect((await revoke(tokens['refresh_token'], 'web', { token_type_hint: 'access_token' })).status).toBe(200);
    expectOAuthError(await refreshWeb(tokens['refresh_token']), 400, 'invalid_grant');
  });
});

describe('RFC 7009 §2.2: what is not the client’s', () => {
  it('an unknown token is answered like a known one, as often as it comes', async () => {
    for (const token of ['nonsense', 'a.b.c', 'A'.repeat(43), 'x'.repeat(20_000)]) {
      const answer = await revoke(token);
      expect([answer.status, answer.text]).toEqual([200, NO_NEWS]);
    }
    const { access_token: token } = await getTokens(acme);
    expect((await revoke(token)).status).toBe(200);
    expect((await revoke(token)).status).toBe(200);
  });

  it.each(['orders:read', 'stock:read'])('a token of another client is not touched (%s)', async (scope) => {
    const tokens = await getTokens(acme, { scope: `openid offline_access ${scope}` });
    for (const token of [tokens['access_token'], tokens['refresh_token']]) {
      const answer = await revoke(token, 'other');
      expect([answer.status, answer.text]).toEqual([200, NO_NEWS]);
    }
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ active: true });
    expectTokens(await refreshWeb(tokens['refresh_token']));
  });

  it('a token of the same client in another tenant is not touched', async () => {
    const tokens = await getTokens(globex, { scope: 'openid offline_access stock:read' });
    for (const token of [tokens['access_token'], tokens['refresh_token']]) {
      expect((await revoke(token)).status).toBe(200);
    }
    expect(await introspect(globex, String(tokens['access_token']))).toMatchObject({ active: true });
  });
});

describe('RFC 7009 §2.1: how it is asked', () => {
  it('needs a client and a token, each once', async () => {
    expectOAuthError(await postForm(`${acme.issuer}/revoke`, { token: 'x' }), 401, 'invalid_client');
    const wrong = { authorization: basic('web', 'wrong') };
    expectOAuthError(await postForm(`${acme.issuer}/revoke`, { token: 'x' }, wrong), 401, 'invalid_client');
    expectOAuthError(await revoke(undefined), 400, 'invalid_request');
    const authorization = basic('web', acme.secrets.web);
    const twice = await postForm(`${acme.issuer}/revoke`, 'token=a&token=b', { authorization });
    expectOAuthError(twice, 400, 'invalid_request');
  });
});
