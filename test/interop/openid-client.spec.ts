import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { discover as discoverAt, signIn } from './openid-client.js';
import { ADDRESSES, addressOf, startTwoTenants, type TwoTenants } from './tenants.js';

let tenants: TwoTenants;
beforeAll(async () => void (tenants = await startTwoTenants()));
afterAll(() => tenants.platform.stop());

describe.each(ADDRESSES)('openid-client with %s at its %s', (slug, kind) => {
  const discover = (id: 'web' | 'machine' | 'orders-api') => {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    return discoverAt(issuer, id, tenant.secrets[id]);
  };

  it('signs a person in, refreshes, asks for claims, introspects, revokes and signs out', async () => {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    const config = await discover('web');
    const tokens = await signIn(config, { max_age: '3600' });
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: issuer, sub: tenant.aliceId, aud: 'web' });

    const person = await client.fetchUserInfo(config, tokens.access_token, tenant.aliceId);
    expect(person).toMatchObject({ name: 'Alice Archer', email: `alice@${slug}.test` });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(await client.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
      active: true,
      client_id: 'web',
      sub: tenant.aliceId,
    });

    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    expect(await client.tokenIntrospection(config, refreshed.access_token)).toMatchObject({ active: false });
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });

    const end = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '' });
    expect(end.href.startsWith(issuer)).toBe(true);
  });

  it('gets a token for a machine, for the protected resource it names', async () => {
    const { tenant } = addressOf(tenants, slug, kind);
    const config = await discover('machine');
    const tokens = await client.clientCredentialsGrant(config, { scope: 'orders:read', resource: tenant.api });
    const resource = await client.tokenIntrospection(await discover('orders-api'), tokens.access_token);
    expect(resource).toMatchObject({ active: true, scope: 'orders:read', aud: tenant.api });
  });

  it('reports what the platform refuses', async () => {
    const config = await discover('machine');
    await expect(client.clientCredentialsGrant(config, { scope: 'unknown:scope' })).rejects.toMatchObject({
      error: 'invalid_scope',
      status: 400,
    });
  });
});

describe('openid-client with private_key_jwt', () => {
  it('authenticates with a key instead of a secret', async () => {
    const { tenant, issuer } = addressOf(tenants, 'acme', 'path');
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    await tenants.platform.operator.create(`/tenants/${tenant.slug}/clients`, {
      client_id: 'key-machine',
      grant_types: ['client_credentials'],
      scope: 'orders:read',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, kid: 'k1', alg: 'ES256', use: 'sig' }] },
    });
    const config = await client.discovery(
      new URL(issuer),
      'key-machine',
      undefined,
      client.PrivateKeyJwt({ key: privateKey, kid: 'k1' }),
      { execute: [client.allowInsecureRequests] },
    );
    const tokens = await client.clientCredentialsGrant(config, { scope: 'orders:read' });
    expect(tokens.token_type).toBe('bearer');
  });
});
