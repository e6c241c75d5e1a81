import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expectOAuthError } from '../../support/expect-answer.js';
import { basic, postForm } from '../../support/http.js';
import { managementPermission } from '../../support/management-access.js';
import { type Platform, startPlatform } from '../../support/platform.js';
import {
  type TenantFixture,
  WEB_REDIRECT,
  clientCredentials,
  createTenant,
  getCode,
  getTokens,
  introspect,
  userinfo,
} from '../../support/tenant-fixture.js';

const OPENID = 'openid profile email address phone offline_access';

let platform: Platform;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
});
beforeEach(async () => {
  await give('web', `${OPENID} orders:read orders:write stock:read`);
  await give('machine', 'orders:read orders:write stock:read');
});
afterAll(() => platform.stop());

const give = (client: string, scope: string) =>
  platform.operator.patch(`/tenants/acme/clients/${client}`, { scope, permissions: null });
const tokenOf = async (scope: string) => String((await getTokens(acme, { scope, prompt: 'consent' }))['access_token']);

describe('RFC 7662 §2.2: a token whose client lost a scope', () => {
  it.each([
    ['JWT', 'orders:read orders:write', 'orders:read'],
    ['opaque', 'stock:read openid', 'openid'],
  ])('is described with the scopes that are left: %s', async (_, scope, left) => {
    const token = await tokenOf(`openid ${scope.replace(' openid', '')}`);
    expect(await introspect(acme, token)).toMatchObject({ active: true });
    await give('web', `${OPENID} ${left.replace('openid', '')}`.trim());
    const { active, scope: described } = await introspect(acme, token);
    expect([active, String(described).split(' ')]).toEqual([true, expect.arrayContaining([left])]);
    expect(String(described)).not.toMatch(/write|stock/);
  });

  it('is inactive when none is left', async () => {
    const { access_token: token } = (await clientCredentials(acme, { scope: 'orders:read' })).json<{
      access_token: string;
    }>();
    expect(await introspect(acme, token, 'orders-api')).toMatchObject({ active: true, scope: 'orders:read' });
    await give('machine', 'orders:write');
    expect(await introspect(acme, token, 'orders-api')).toEqual({ active: false });
    expect(await introspect(acme, token, 'machine')).toEqual({ active: false });
  });

  it('is nobody’s any more at the resource that lost all of its scopes', async () => {
    const token = await tokenOf('openid orders:read');
    await give('web', OPENID);
    expect(await introspect(acme, token, 'orders-api')).toEqual({ active: false });
    expect(await introspect(acme, token)).toMatchObject({ active: true, scope: 'openid', aud: acme.issuer });
    expect((await userinfo(acme.issuer, token)).status).toBe(200);
  });

  it('gives no claims at userinfo that the client may not have any more', async () => {
    const token = await tokenOf('openid email orders:read');
    expect((await userinfo(acme.issuer, token)).json()).toHaveProperty('email');
    await give('web', 'openid orders:read');
    expect((await userinfo(acme.issuer, token)).json()).toEqual({ sub: acme.aliceId });
    await give('web', 'email orders:read');
    expectOAuthError(await userinfo(acme.issuer, token), 403, 'insufficient_scope');
    await give('web', 'orders:read');
    expectOAuthError(await userinfo(acme.issuer, token), 401, 'invalid_token');
  });

  it('is inactive for the management API, once its user is no administrator', async () => {
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      '/tenants/acme/clients',
      {
        client_id: 'console',
        redirect_uris: [WEB_REDIRECT],
        scope: 'openid',
        permissions: [managementPermission(platform, 'users:read')],
      },
    );
    const path = `/tenants/acme/users/${acme.aliceId}`;
    await platform.operator.patch(path, { tenant_admin: true });
    const request = { client_id: 'console', scope: 'users:read', resource: `${platform.url}/api` };
    const { code, verifier } = await getCode(acme.issuer, request);
    const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    const authorization = basic('console', secret);
    const token = String((await postForm(`${acme.issuer}/token`, form, { authorization })).json()['access_token']);
    const ask = async () => (await postForm(`${acme.issuer}/introspect`, { token }, { authorization })).json();
    expect(await ask()).toMatchObject({ active: true });
    await platform.operator.patch(path, { tenant_admin: false });
    expect(await ask()).toEqual({ active: false });
  });
});
