import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { tokenFor } from '../../support/grants.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { getSpaTokens, getTokens, introspect, refresh } from '../../support/tenant-fixture.js';

const SCOPE = 'openid offline_access orders:read orders:write';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const refreshWeb = (refreshToken: string | undefined, form: Record<string, string> = {}) =>
  tokenFor(acme, 'web', { grant_type: 'refresh_token', refresh_token: refreshToken, ...form });

describe('RFC 6749 §6: refreshing', () => {
  it('gives new tokens with the scope of the old ones, about the same sign-in', async () => {
    const first = await getTokens(acme, { scope: SCOPE, nonce: 'n1' });
    const next = expectTokens(await refreshWeb(first['refresh_token']));
    expect(next['scope']).toBe(first['scope']);
    expect(next['access_token']).not.toBe(first['access_token']);
    const [before, after] = [decodeJwt(String(first['id_token'])), decodeJwt(String(next['id_token']))];
    // OpenID Connect Core §12.2: the same iss, sub, aud and auth_time; nonce SHOULD NOT be there.
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid']) expect(after[name]).toEqual(before[name]);
    expect(before['nonce']).toBe('n1');
    expect(after).not.toHaveProperty('nonce');
  });

  it('narrows the scope of this access token, and keeps the grant as it was', async () => {
    const first = await getTokens(acme, { scope: SCOPE });
    const narrow = expectTokens(await refreshWeb(first['refresh_token'], { scope: 'orders:read groups' }));
    expect(narrow['scope']).toBe('orders:read');
    expect(decodeJwt(String(narrow['access_token']))['scope']).toBe('orders:read');
    expect(narrow).not.toHaveProperty('id_token');
    expect(expectTokens(await refreshWeb(first['refresh_token']))['scope']).toBe(first['scope']);
  });

  it('refuses more than was granted, and leaves the token usable', async () => {
    const first = await getTokens(acme, { scope: 'openid offline_access orders:read' });
    for (const scope of ['orders:write', 'openid profile', 'stock:read', 'groups']) {
      const answer = await refreshWeb(first['refresh_token'], { scope });
      expectOAuthError(answer, 400, 'invalid_scope');
      expect(answer.json()['error_description']).toContain(scope.replace('openid ', ''));
    }
    expectTokens(await refreshWeb(first['refresh_token']));
  });

  it('leaves out what the client may no longer ask for', async () => {
    const first = await getTokens(acme, { scope: SCOPE });
    const { scope } = await platform.operator.get<{ scope: string }>('/tenants/acme/clients/web');
    await platform.operator.patch('/tenants/acme/clients/web', { scope: scope.replace(' orders:write', '') });
    const next = expectTokens(await refreshWeb(first['refresh_token']));
    await platform.operator.patch('/tenants/acme/clients/web', { scope });
    expect(String(next['scope']).split(' ').sort()).toEqual(['offline_access', 'openid', 'orders:read']);
  });

  it.each([
    ['none', undefined, 'invalid_request'],
    ['an empty one', '', 'invalid_request'],
    ['an unknown one', 'A'.repeat(43), 'invalid_grant'],
    ['an access token', 'access_token', 'invalid_grant'],
    ['one cut short', 'cut', 'invalid_grant'],
  ])('refuses a refresh token: %s', async (_, given, error) => {
    const tokens = await getTokens(acme, { scope: SCOPE });
    const values: Record<string, string | undefined> = {
      access_token: tokens['access_token'],
      cut: tokens['refresh_token']?.slice(1),
    };
    expectOAuthError(await refreshWeb(values[given ?? ''] ?? given), 400, error);
  });

  it('refuses it from another client, and does not revoke it for that', async () => {
    const { refresh_token: ofWeb } = await getTokens(acme, { scope: SCOPE });
    const asOther = { grant_type: 'refresh_token', refresh_token: ofWeb };
    expectOAuthError(await tokenFor(acme, 'other', asOther), 400, 'invalid_grant');
    expectOAuthError(await refresh(acme, String(ofWeb)), 400, 'invalid_grant');
    expectTokens(await refreshWeb(ofWeb));
  });

  it('refuses it from a confidential client without its secret', async () => {
    const { refresh_token: ofWeb } = await getTokens(acme, { scope: SCOPE });
    expectOAuthError(await refresh(acme, String(ofWeb), { client_id: 'web' }), 401, 'invalid_client');
  });

  it('refuses it once its user is disabled, or has a new password', async () => {
    const { refresh_token: ofWeb } = await getTokens(acme, { scope: SCOPE });
    const at = `/tenants/acme/users/${acme.aliceId}`;
    await platform.operator.patch(at, { enabled: false });
    expectOAuthError(await refreshWeb(ofWeb), 400, 'invalid_grant');
    await platform.operator.patch(at, { enabled: true });
    await platform.operator.patch(at, { password: 'correct horse battery staple' });
    expectOAuthError(await refreshWeb(ofWeb), 400, 'invalid_grant');
  });
});

describe('RFC 9700 §4.14.2: a confidential client keeps its refresh token', () => {
  it('sends the same one back, as often as it is used', async () => {
    const { refresh_token: ofWeb } = await getTokens(acme, { scope: SCOPE });
    for (let use = 0; use < 3; use += 1) expect(expectTokens(await refreshWeb(ofWeb))['refresh_token']).toBe(ofWeb);
  });

  it('rotates when it asks for rotation', async () => {
    await platform.operator.patch('/tenants/acme/clients/web', { refresh_token_rotation: true });
    const { refresh_token: first } = await getTokens(acme, { scope: SCOPE });
    const { refresh_token: second } = expectTokens(await refreshWeb(first));
    await platform.operator.patch('/tenants/acme/clients/web', { refresh_token_rotation: null });
    expect(second).not.toBe(first);
  });

  it('cannot be had by a public client', async () => {
    const answer = await platform.operator.request(
      'PATCH',
      '/tenants/acme/clients/spa',
      { refresh_token_rotation: false },
      { 'if-match': '*' },
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('refresh_token_rotation');
  });
});

describe('the tokens under a refresh token', () => {
  it('survive a refresh: access tokens end by themselves', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    expectTokens(await refresh(acme, String(first['refresh_token'])));
    expect(await introspect(acme, String(first['access_token']), 'orders-api')).toMatchObject({ active: true });
  });
});
