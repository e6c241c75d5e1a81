import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ManagementClient } from '../support/management-client.js';
import { send } from '../support/http.js';
import { clientCredentials, getTokens, type TenantFixture, userinfo } from '../support/tenant-fixture.js';
import { World } from './world.js';

type Change = (operator: ManagementClient, tenant: TenantFixture) => Promise<unknown>;

/** In this order: what a later one changes must still be visible. */
const CHANGES: Readonly<Record<string, Change>> = {
  client: (operator, { slug }) => operator.patch(`/tenants/${slug}/clients/machine`, { scope: 'orders:read' }),
  policy: (operator, { slug }) =>
    operator.patch(`/tenants/${slug}`, { policy: { access_token_lifetime_seconds: 120 } }),
  API: async (operator, { slug, api }) => {
    const { data } = await operator.get<{ data: { id: string; identifier: string }[] }>(`/tenants/${slug}/apis`);
    const id = data.find(({ identifier }) => identifier === api)?.id ?? '';
    return operator.patch(`/tenants/${slug}/apis/${id}`, { access_token_lifetime_seconds: 240 });
  },
  name: (operator, { slug }) => operator.patch(`/tenants/${slug}`, { display_name: 'Renamed' }),
  keys: (operator, { slug }) => operator.request('POST', `/tenants/${slug}/keys/rotate`, {}),
  user: (operator, { slug, aliceId }) => operator.patch(`/tenants/${slug}/users/${aliceId}`, { enabled: false }),
  'client’s end': (operator, { slug }) => operator.patch(`/tenants/${slug}/clients/machine`, { enabled: false }),
  suspension: (operator, { slug }) => operator.patch(`/tenants/${slug}`, { status: 'suspended' }),
  resumption: (operator, { slug }) => operator.patch(`/tenants/${slug}`, { status: 'active' }),
  'scheduled deletion': (operator, { slug }) => operator.request('DELETE', `/tenants/${slug}`),
};

/** What the caches of a process answer about a tenant, at both its addresses. */
async function behaviourOf(tenant: TenantFixture, accessToken: string) {
  const behaviours = [];
  for (const issuer of [tenant.issuer, tenant.hostIssuer]) {
    const token = await clientCredentials(tenant, { resource: tenant.api }, issuer);
    const { error, scope, expires_in: lifetime } = token.json();
    const signIn = await send(`${issuer}/sign-in`, { headers: { accept: 'text/html' } });
    behaviours.push({
      token: [token.status, error, scope, lifetime],
      keys: (await send(`${issuer}/jwks`)).text,
      metadata: (await send(`${issuer}/.well-known/openid-configuration`)).text,
      page: [signIn.status, /<title>.*<\/title>/.exec(signIn.text)?.[0], signIn.text.includes('Renamed')],
      user: (await userinfo(issuer, accessToken)).status,
    });
  }
  return behaviours;
}

describe.each([
  ['acme', 'globex'],
  ['globex', 'acme'],
] as const)('a change at %s', (here, there) => {
  let world: World;
  let accessTokens: Record<'acme' | 'globex', string>;
  beforeAll(async () => {
    world = await World.create();
    const token = async (tenant: TenantFixture) => (await getTokens(tenant))['access_token'] ?? '';
    accessTokens = { acme: await token(world.acme), globex: await token(world.globex) };
  });
  afterAll(() => world.platform.stop());

  it.each(Object.entries(CHANGES))(`of its %s is seen there at once, and nowhere at ${there}`, async (_, change) => {
    const changed = await behaviourOf(world[here], accessTokens[here]);
    const other = await behaviourOf(world[there], accessTokens[there]);

    await change(world.platform.operator, world[here]);

    expect(await behaviourOf(world[there], accessTokens[there])).toEqual(other);
    expect(await behaviourOf(world[here], accessTokens[here])).not.toEqual(changed);
  });
});
