import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { clientCredentials, introspect } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

describe('RFC 6749 §4.4 Client Credentials Grant', () => {
  it('gives a JWT for the API whose scopes are asked for, about the client itself', async () => {
    const tokens = expectTokens(await clientCredentials(acme, { scope: 'orders:read' }));
    expect(tokens).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'orders:read',
    });
    expect(decodeJwt(String(tokens['access_token']))).toMatchObject({
      sub: 'machine',
      client_id: 'machine',
      aud: acme.api,
      scope: 'orders:read',
      iss: acme.issuer,
    });
  });

  it('gives an opaque token where the API wants one, and remembers its digest only', async () => {
    const tokens = expectTokens(await clientCredentials(acme, { scope: 'stock:read' }));
    const value = String(tokens['access_token']);
    expect(value).toMatch(/^[\w-]{43}$/);
    expect(await introspect(acme, value, 'machine')).toMatchObject({ active: true, aud: acme.opaqueApi });
    const rows = await platform.database.query<{ row: string }>('SELECT a::text AS row FROM access_tokens a');
    expect(rows.map(({ row }) => row).join()).not.toContain(value);
  });

  it('never gives a refresh token or an ID token', async () => {
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      '/tenants/acme/clients',
      {
        client_id: 'both',
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials', 'refresh_token'],
        scope: 'orders:read',
      },
    );
    const form = { grant_type: 'client_credentials', client_id: 'both', client_secret: secret };
    const tokens = expectTokens(await postForm(`${acme.issuer}/token`, form));
    expect(Object.keys(tokens).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
  });

  it('asks for a resource when the client may use several and names none', async () => {
    expectOAuthError(await clientCredentials(acme), 400, 'invalid_target');
    const all = expectTokens(await clientCredentials(acme, { resource: acme.api }));
    expect(all['scope']).toBe('orders:read orders:write');
  });

  it('ignores a scope that nothing here has, and names what was granted', async () => {
    const answer = await clientCredentials(acme, { scope: 'groups orders:read https://graph.example/.default' });
    expect(expectTokens(answer)['scope']).toBe('orders:read');
  });

  it.each([
    ['one it is not registered for', 'users:read'],
    ['one nobody knows', 'nonsense'],
    ['one of OpenID Connect, which is about a person', 'openid'],
    ['offline access', 'offline_access orders:read'],
  ])('refuses a scope: %s', async (_, scope) => {
    const answer = await clientCredentials(acme, { scope });
    expectOAuthError(answer, 400, 'invalid_scope');
    expect(answer.json()['error_description']).toContain(`'${scope.split(' ')[0]}'`);
  });

  it('is for confidential clients only, and no public one can register it', async () => {
    const answer = await platform.operator.request('POST', '/tenants/acme/clients', {
      token_endpoint_auth_method: 'none',
      grant_types: ['client_credentials'],
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('grant_types');
    const spa = { grant_type: 'client_credentials', client_id: 'spa' };
    expectOAuthError(await postForm(`${acme.issuer}/token`, spa), 400, 'unauthorized_client');
  });

  it('names the address that was asked as issuer', async () => {
    const tokens = expectTokens(await clientCredentials(acme, { scope: 'orders:read' }, acme.hostIssuer));
    expect(decodeJwt(String(tokens['access_token'])).iss).toBe(acme.hostIssuer);
  });
});
