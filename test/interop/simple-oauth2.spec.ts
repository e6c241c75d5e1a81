import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorizationCode, ClientCredentials, ResourceOwnerPassword } from 'simple-oauth2';
import { ALICE_PASSWORD, WEB_REDIRECT } from '../support/tenant-fixture.js';
import { ADDRESSES, addressOf, signInAndAllow, startTwoTenants, type TwoTenants } from './tenants.js';

let tenants: TwoTenants;
beforeAll(async () => {
  tenants = await startTwoTenants();
  for (const slug of ['acme', 'globex']) {
    await tenants.platform.operator.create(`/tenants/${slug}/clients`, {
      client_id: 'password-client',
      client_secret: 'a-secret-that-is-long-enough-for-an-import',
      grant_types: ['password', 'refresh_token'],
      scope: 'openid offline_access orders:read',
    });
  }
});
afterAll(() => tenants.platform.stop());

describe.each(ADDRESSES)('simple-oauth2 with %s at its %s', (slug, kind) => {
  /** The library takes an origin for the connection and paths below it; the host address goes into the Host header. */
  function settings(id: string, secret: string) {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    const { host, pathname } = new URL(issuer);
    const base = pathname === '/' ? '' : pathname;
    return {
      client: { id, secret },
      auth: {
        tokenHost: new URL(tenants.platform.url).origin.replace('localhost', '127.0.0.1'),
        tokenPath: `${base}/token`,
        revokePath: `${base}/revoke`,
      },
      http: { headers: { host } },
      tenant,
    };
  }

  it('signs in, refreshes and revokes', async () => {
    const { issuer } = addressOf(tenants, slug, kind);
    const { tenant, auth, ...config } = settings('legacy', addressOf(tenants, slug, kind).tenant.secrets.legacy);
    const authorize = new URL(`${issuer}/authorize`);
    const legacy = new AuthorizationCode({
      ...config,
      auth: { ...auth, authorizeHost: authorize.origin, authorizePath: authorize.pathname },
    });
    const url = legacy.authorizeURL({ redirect_uri: WEB_REDIRECT, scope: 'openid offline_access', state: 's' });
    const back = await signInAndAllow(url);
    expect(back.searchParams.get('state')).toBe('s');
    const code = back.searchParams.get('code') ?? '';
    const token = await legacy.getToken({ code, redirect_uri: WEB_REDIRECT, scope: 'openid offline_access' });
    expect(token.expired()).toBe(false);
    const next = await token.refresh();
    expect(next.token['access_token']).not.toBe(token.token['access_token']);
    await next.revokeAll();
    await expect(next.refresh()).rejects.toThrow('400');
    expect(tenant.slug).toBe(slug);
  });

  it('gets a token for a machine', async () => {
    const { tenant, ...config } = settings('machine', addressOf(tenants, slug, kind).tenant.secrets.machine);
    const { token } = await new ClientCredentials(config).getToken({ scope: 'orders:read' });
    expect(token).toMatchObject({ token_type: 'Bearer', scope: 'orders:read' });
    expect(tenant.slug).toBe(slug);
  });

  it('uses the password grant where tenant and client allow it', async () => {
    const { tenant, ...config } = settings('password-client', 'a-secret-that-is-long-enough-for-an-import');
    const owner = new ResourceOwnerPassword(config);
    const { token } = await owner.getToken({ username: 'alice', password: ALICE_PASSWORD, scope: 'orders:read' });
    expect(token['token_type']).toBe('Bearer');
    await expect(
      owner.getToken({ username: 'alice', password: 'not her password', scope: 'orders:read' }),
    ).rejects.toThrow('400');
    expect(tenant.slug).toBe(slug);
  });
});
