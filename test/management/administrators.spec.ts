import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { toTenantId } from '../../src/database/tenant-id.js';
import { Keyring } from '../../src/keys/keyring.js';
import { ACCESS_TOKEN_TYPE, signJwt } from '../../src/tokens/jwt.js';
import { TestBrowser } from '../support/browser.js';
import { eventsOf } from '../support/audit.js';
import { expectOAuthError } from '../support/expect-answer.js';
import { basic, postForm } from '../support/http.js';
import { adminOf, managementPermission } from '../support/management-access.js';
import { ManagementClient } from '../support/management-client.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { WEB_REDIRECT, getCode } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let secret: string;

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
  const console = {
    client_id: 'console',
    redirect_uris: [WEB_REDIRECT],
    scope: 'openid',
    permissions: [managementPermission(platform, 'tenants:read users:read users:write')],
  };
  secret = String((await platform.operator.create('/tenants/acme/clients', console))['client_secret']);
});

/** Signs Alice in to the console, as far as she gets. */
async function signIn(): Promise<ManagementClient> {
  const answer = await redeemCode(await codeForTheApi());
  if (answer.status !== 200) throw new Error(answer.text);
  return new ManagementClient(platform.url, String(answer.json()['access_token']));
}

function codeForTheApi() {
  const request = {
    client_id: 'console',
    scope: 'openid tenants:read users:read users:write',
    resource: `${platform.url}/api`,
  };
  return getCode(acme.issuer, request, new TestBrowser());
}

function redeemCode({ code, verifier }: { readonly code: string; readonly verifier: string }) {
  const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
  return postForm(`${acme.issuer}/token`, form, { authorization: basic('console', secret) });
}

const setAdmin = (value: boolean) =>
  platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: value });

describe('a person who administers a tenant', () => {
  it('uses the API as far as the scopes go, in the own tenant, under the own name', async () => {
    await setAdmin(true);
    const alice = await signIn();
    expect((await alice.request('GET', '/tenants/acme')).status).toBe(200);
    expectProblem(await alice.request('GET', '/tenants/globex'), 404, 'not-found');
    expectProblem(await alice.request('GET', '/tenants/acme/keys'), 403, 'permission-denied');
    const [event] = await eventsOf(platform.operator, 'acme', () =>
      alice.create('/tenants/acme/users', { username: 'colleague' }),
    );
    expect(event).toMatchObject({
      type: 'user.created',
      actor: `user:${acme.aliceId}@acme`,
      client_id: null,
      details: { through: 'console', username: 'colleague' },
    });
  });

  it('loses the API with the office, and not only when the token expires', async () => {
    await setAdmin(true);
    const alice = await signIn();
    expect((await alice.request('GET', '/tenants/acme')).status).toBe(200);
    await setAdmin(false);
    expectProblem(await alice.request('GET', '/tenants/acme'), 401, 'authentication-required');
  });

  it('is somebody who was made one', async () => {
    await setAdmin(false);
    await expect(signIn()).rejects.toThrow(/access_denied|invalid_scope|invalid_target/);
  });

  it('is told by the token endpoint, which knows no access_denied, that the grant is over', async () => {
    await setAdmin(true);
    const waiting = await codeForTheApi();
    await setAdmin(false);
    expectOAuthError(await redeemCode(waiting), 400, 'invalid_grant');
  });
});

describe('a token of a tenant', () => {
  it('ends with the tenant’s suspension', async () => {
    const admin = await adminOf(platform, 'globex', 'tenants:read');
    expect((await admin.request('GET', '/tenants/globex')).status).toBe(200);
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    expectProblem(await admin.request('GET', '/tenants/globex'), 401, 'authentication-required');
    await platform.operator.patch('/tenants/globex', { status: 'active' });
  });

  it('expires', async () => {
    const { token } = await adminOf(platform, 'globex', 'tenants:read');
    const { id } = await platform.operator.get<{ id: string }>('/tenants/globex');
    const keyring = platform.application.nest.get(Keyring, { strict: false });
    const key = await keyring.signingKey(toTenantId(id), 'ES256');
    const resigned = (exp: number) =>
      new ManagementClient(platform.url, signJwt(key, { ...decodeJwt(token), exp }, ACCESS_TOKEN_TYPE));
    const now = Math.floor(Date.now() / 1000);
    expect((await resigned(now + 60).request('GET', '/tenants/globex')).status).toBe(200);
    const answer = await resigned(now - 1).request('GET', '/tenants/globex');
    expectProblem(answer, 401, 'authentication-required');
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });
});
