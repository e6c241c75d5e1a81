import { describe, expect, it } from '@jest/globals';
import { send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { createTenant } from '../../support/tenant-fixture.js';

const ENDPOINTS = {
  authorization_endpoint: '/authorize',
  token_endpoint: '/token',
  userinfo_endpoint: '/userinfo',
  jwks_uri: '/jwks',
  introspection_endpoint: '/introspect',
  revocation_endpoint: '/revoke',
  end_session_endpoint: '/end-session',
};
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

async function fetchMetadata(url: string): Promise<Record<string, unknown>> {
  const answer = await send(url);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  return answer.json();
}

const discovery = (issuer: string) => fetchMetadata(`${issuer}/.well-known/openid-configuration`);

describe('RFC 8414 §3, OpenID Connect Discovery §4: where the metadata is', () => {
  it.each<[string, () => string, () => string]>([
    ['openid-configuration', () => `${acme.issuer}/.well-known/openid-configuration`, () => acme.issuer],
    ['oauth-authorization-server', () => `${acme.issuer}/.well-known/oauth-authorization-server`, () => acme.issuer],
    ['path-inserted', () => `${platform.url}/.well-known/oauth-authorization-server/t/acme`, () => acme.issuer],
    ['path-inserted OpenID', () => `${platform.url}/.well-known/openid-configuration/t/acme`, () => acme.issuer],
    ['at the host', () => `${acme.hostIssuer}/.well-known/openid-configuration`, () => acme.hostIssuer],
    ['at the host, RFC 8414', () => `${acme.hostIssuer}/.well-known/oauth-authorization-server`, () => acme.hostIssuer],
  ])('%s names exactly its own issuer, and every endpoint below it', async (_, url, issuer) => {
    const metadata = await fetchMetadata(url());
    expect(metadata['issuer']).toBe(issuer());
    const endpoints = Object.entries(ENDPOINTS).map(([name, path]) => [name, `${issuer()}${path}`]);
    expect(metadata).toMatchObject(Object.fromEntries(endpoints));
  });

  it.each([
    '/t/nobody/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/t/nobody',
    '/.well-known/oauth-authorization-server/t/acme/extra',
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/t/acme/.well-known/nonsense',
  ])('there is nothing at %s', async (path) => {
    expect((await send(`${platform.url}${path}`)).status).toBe(404);
  });

  it('does not serve one tenant’s metadata at another’s host', async () => {
    const globex = await createTenant(platform, 'globex');
    const inserted = `${globex.hostIssuer}/.well-known/oauth-authorization-server/t/acme`;
    expect((await send(inserted)).status).toBe(404);
    expect((await send(`${globex.hostIssuer}/t/acme/.well-known/openid-configuration`)).status).toBe(404);
  });

  it('may be kept, and read by any origin', async () => {
    const headers = { origin: 'https://spa.test' };
    const answer = await send(`${acme.issuer}/.well-known/openid-configuration`, { headers });
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('RFC 8414 §2: only what is enabled is listed', () => {
  it('leaves implicit and password out by default', async () => {
    const metadata = await discovery(acme.issuer);
    expect(metadata).toMatchObject({
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      claims_parameter_supported: false,
      scopes_supported: [
        ...['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'groups'],
        ...['account:read', 'account:write'],
      ],
    });
  });

  it('lists them where the tenant switched them on', async () => {
    const old = await createTenant(platform, 'old', { allow_implicit_grant: true, allow_password_grant: true });
    const metadata = await discovery(old.issuer);
    expect(metadata['grant_types_supported']).toEqual(expect.arrayContaining(['implicit', 'password']));
    expect(metadata['response_types_supported']).toEqual([
      'code',
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'code id_token token',
    ]);
  });

  it('never offers none or a symmetric algorithm for signatures', async () => {
    const metadata = await discovery(acme.issuer);
    const lists = Object.entries(metadata).filter(([name]) => name.includes('signing_alg_values'));
    expect(lists.length).toBeGreaterThanOrEqual(4);
    for (const [, algorithms] of lists) expect(String(algorithms)).not.toMatch(/none|HS\d/);
    expect(metadata['id_token_signing_alg_values_supported']).toEqual(expect.arrayContaining(['ES256', 'RS256']));
  });

  it('names endpoints that are there', async () => {
    const metadata = await discovery(acme.issuer);
    for (const name of Object.keys(ENDPOINTS)) {
      const method = /token_endpoint|introspection|revocation/.test(name) ? 'POST' : 'GET';
      expect([404, 405]).not.toContain((await send(String(metadata[name]), { method })).status);
    }
  });
});

describe('RFC 7517: the key set', () => {
  it('has the key that signs and the one that waits, and no private part', async () => {
    const { keys } = (await send(`${acme.issuer}/jwks`)).json<{ keys: Record<string, unknown>[] }>();
    const [es256, rs256] = ['ES256', 'RS256'].map((alg) => keys.filter((key) => key['alg'] === alg));
    expect([es256?.length, rs256?.length, keys.length]).toEqual([2, 2, 4]);
    for (const key of es256 ?? []) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      expect(key).toMatchObject({ alg: 'ES256', use: 'sig', kty: 'EC' });
    }
    for (const key of rs256 ?? []) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', use: 'sig', kty: 'RSA' });
    }
  });

  it('is the same at both addresses of a tenant, and another one in another tenant', async () => {
    const initech = await createTenant(platform, 'initech');
    const atPath = (await send(`${acme.issuer}/jwks`)).text;
    expect((await send(`${acme.hostIssuer}/jwks`)).text).toBe(atPath);
    expect((await send(`${initech.issuer}/jwks`)).text).not.toBe(atPath);
  });
});
