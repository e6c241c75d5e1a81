import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Keyring } from '../../src/keys/keyring.js';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { signJwt } from '../../src/tokens/jwt.js';
import { TestBrowser } from '../support/browser.js';
import { basic, postForm, send } from '../support/http.js';
import { managementPermission } from '../support/management-access.js';
import { authorize, getTokens, pkce, responseOf, type TenantFixture, userinfo } from '../support/tenant-fixture.js';
import { World } from './world.js';

let world: World;
let claims: Record<string, unknown>;
beforeAll(async () => {
  world = await World.create();
  const { access_token: token } = await getTokens(world.globex);
  claims = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as typeof claims;
});
afterAll(() => world.platform.stop());

/** What somebody could make who had the private key of a tenant. */
async function signedBy(
  tenantId: typeof world.acmeId,
  payload: object,
  header: { type?: string | undefined; kid?: string } = {},
) {
  const { type, kid } = { type: 'at+jwt', ...header };
  const key = await world.platform.application.nest.get(Keyring).signingKey(tenantId, 'ES256');
  return signJwt(kid === undefined ? key : { ...key, kid }, payload, type);
}

async function keyIdOf(tenant: TenantFixture): Promise<string> {
  const { keys } = (await send(`${tenant.issuer}/jwks`)).json<{ keys: { kid: string; alg: string }[] }>();
  return keys.find(({ alg }) => alg === 'ES256')?.kid ?? '';
}

async function isActive(tenant: TenantFixture, token: string, issuer = tenant.issuer): Promise<unknown> {
  const headers = { authorization: basic('web', tenant.secrets.web) };
  return (await postForm(`${issuer}/introspect`, { token }, headers)).json()['active'];
}

describe('an access token that acme’s key signed in the name of globex', () => {
  it('is one of globex when globex’s own key signed the same claims, or these tests would prove nothing', async () => {
    const token = await signedBy(world.globexId, claims);
    expect((await userinfo(world.globex.issuer, token)).status).toBe(200);
    expect(await isActive(world.globex, token)).toBe(true);
  });

  it('is none, whichever key it names', async () => {
    for (const kid of [undefined, await keyIdOf(world.globex)]) {
      const token = await signedBy(world.acmeId, claims, kid === undefined ? {} : { kid });
      for (const { issuer } of [world.globex, world.acme]) {
        const answer = await userinfo(issuer, token);
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toContain('invalid_token');
      }
      expect(await isActive(world.globex, token)).toBe(false);
      expect(await isActive(world.globex, token, world.globex.hostIssuer)).toBe(false);
    }
  });

  it('cannot be revoked, nor revoke the token whose id it carries', async () => {
    const { access_token: genuine = '' } = await getTokens(world.globex);
    const payload = JSON.parse(Buffer.from(genuine.split('.')[1] ?? '', 'base64url').toString()) as object;
    const token = await signedBy(world.acmeId, payload);
    const headers = { authorization: basic('web', world.globex.secrets.web) };
    expect((await postForm(`${world.globex.issuer}/revoke`, { token }, headers)).status).toBe(200);
    expect((await userinfo(world.globex.issuer, genuine)).status).toBe(200);
  });
});

describe('an access token of acme’s own', () => {
  it('is none of globex’s, though it speaks of a user and a grant of globex’s', async () => {
    const token = await signedBy(world.acmeId, { ...claims, iss: world.acme.issuer });
    expect((await userinfo(world.globex.issuer, token)).status).toBe(401);
    expect((await userinfo(world.acme.issuer, token)).status).toBe(401);
    expect(await isActive(world.acme, token)).toBe(false);
  });
});

describe('a management token that acme’s key signed', () => {
  const scope = MANAGEMENT_SCOPES.map(({ name }) => name).join(' ');
  // Both tenants have it, and it may do everything there, so only the issuer and the key tell the tokens apart.
  beforeAll(async () => {
    const permissions = [managementPermission(world.platform, scope)];
    for (const slug of ['acme', 'globex', 'system']) {
      const manager = { client_id: 'manager', grant_types: ['client_credentials'], permissions };
      await world.platform.operator.create(`/tenants/${slug}/clients`, manager);
    }
  });
  const request = (token: string, path: string) =>
    send(`${world.platform.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });

  function managementClaims(issuer: string) {
    const { url } = world.platform;
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 300, jti: randomUUID() };
    return { iss: issuer, sub: 'manager', client_id: 'manager', aud: `${url}/api`, scope, ...times };
  }

  it('is good for acme and shows nothing else', async () => {
    const token = await signedBy(world.acmeId, managementClaims(world.acme.issuer));
    expect((await request(token, '/tenants/acme/clients')).status).toBe(200);
    expect((await request(token, '/tenants/globex/clients')).status).toBe(404);
    expect((await request(token, '/tenants/system/clients')).status).toBe(404);
  });

  it('makes neither an administrator of globex nor an operator', async () => {
    const issuers = [world.globex.issuer, world.globex.hostIssuer, `${world.platform.url}/t/system`];
    for (const issuer of issuers) {
      const token = await signedBy(world.acmeId, managementClaims(issuer));
      for (const path of ['/tenants', '/tenants/acme', '/tenants/globex', '/tenants/globex/users']) {
        expect([issuer, path, (await request(token, path)).status]).toEqual([issuer, path, 401]);
      }
    }
  });

  it('is needed: tokens for anything else open no door', async () => {
    const { tokens } = await world.tokens();
    const { token: opaque } = await world.opaqueToken();
    for (const token of [tokens['access_token'], tokens['id_token'], tokens['refresh_token'], opaque]) {
      expect((await request(token ?? '', '/tenants/globex')).status).toBe(401);
      expect((await request(token ?? '', '/tenants/acme')).status).toBe(401);
    }
  });
});

describe('an ID token of acme as id_token_hint', () => {
  const silently = async (browser: TestBrowser, hint: string) => {
    const params = { prompt: 'none', id_token_hint: hint, code_challenge: pkce().challenge };
    return responseOf(await authorize(world.globex.issuer, { ...params, code_challenge_method: 'S256' }, browser));
  };

  it('names nobody at globex, even when it speaks of the person who is signed in there', async () => {
    const browser = new TestBrowser();
    const { id_token: own = '' } = await getTokens(world.globex, {}, browser);
    expect(await silently(browser, own)).toMatchObject({ code: expect.any(String) as unknown });

    const { tokens } = await world.tokens();
    const payload = JSON.parse(Buffer.from(own.split('.')[1] ?? '', 'base64url').toString()) as object;
    const refused = await silently(browser, 'nonsense');
    expect(refused).toMatchObject({ error: 'invalid_request', iss: world.globex.issuer });
    for (const hint of [tokens['id_token'] ?? '', await signedBy(world.acmeId, payload, { type: undefined })]) {
      expect(await silently(browser, hint)).toEqual(refused);
    }
  });

  it('signs nobody out of globex', async () => {
    const browser = new TestBrowser();
    const { id_token: own = '' } = await getTokens(world.globex, {}, browser);
    const payload = JSON.parse(Buffer.from(own.split('.')[1] ?? '', 'base64url').toString()) as object;
    const forged = await signedBy(world.acmeId, payload, { type: undefined });
    const asked = await browser.open(`${world.globex.issuer}/end-session?id_token_hint=${forged}`);
    expect(asked.text).toContain('id="logout-confirm"');
    const done = await browser.open(`${world.globex.issuer}/end-session?id_token_hint=${own}`);
    expect(done.text).toContain('id="logged-out"');
  });
});
