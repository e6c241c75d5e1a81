import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../src/clients/client.js';
import { OPENID_SCOPES } from '../../src/oauth/openid-scopes.js';
import { OAuthError } from '../../src/oauth/oauth-error.js';
import { type Access, scopeOf } from '../../src/resources/access.js';
import { type AccessRequest, AccessResolver } from '../../src/resources/access-resolver.js';
import type { ApiDirectory } from '../../src/resources/api-directory.js';
import type { Api } from '../../src/resources/api.js';
import type { Tenant } from '../../src/tenants/tenant.js';

const ORDERS = 'https://orders.example';
const STOCK = 'https://stock.example';
const OPEN = 'https://open.example';
const tenant = { id: 't1' } as unknown as Tenant;

function api(identifier: string, ...scopes: string[]): Api {
  return {
    identifier,
    displayName: identifier,
    scopes: scopes.map((name) => ({ name, description: name })),
    accessTokenFormat: 'jwt',
    accessTokenTyp: 'at+jwt',
    accessTokenLifetimeSeconds: undefined,
    introspectionClientIds: [],
    rolesInTokens: 'off',
    isManagement: false,
    createdAt: 100,
  };
}

/** `read` is a scope of both. */
const APIS = [api(ORDERS, 'read', 'orders:write'), api(STOCK, 'read', 'stock:count'), api(OPEN)];

/** A client that has these names at every API that has them. */
function clientWith(scope: string, apis: readonly Api[] = APIS): Client {
  const names = scope.split(' ');
  const within = (known: readonly string[]) => names.filter((name) => known.includes(name));
  const permissions = [
    { api: '', scopes: within(OPENID_SCOPES) },
    ...apis.map(({ identifier, scopes }) => ({ api: identifier, scopes: within(scopes.map(({ name }) => name)) })),
  ];
  return { permissions } as unknown as Client;
}

const resolverFor = (apis: readonly Api[]) => {
  const list = () => Promise.resolve(new Map(apis.map((one) => [one.identifier, one])));
  return new AccessResolver({ list } as unknown as ApiDirectory);
};
const resolver = resolverFor(APIS);

async function resolve(
  clientScope: string,
  scope: string,
  more: Partial<AccessRequest> = {},
): Promise<[scope: string, ...apis: string[]] | string> {
  const client = clientWith(clientScope);
  const request = { scope: scope.split(' ').filter(Boolean), resources: [], whenUnscoped: 'nothing', ...more } as const;
  try {
    const access = await resolver.resolve(tenant, client, request);
    return [scopeOf(access).join(' '), ...access.apis.map((one) => one.api.identifier)];
  } catch (error) {
    if (error instanceof OAuthError) return error.code;
    throw error;
  }
}

const ALL = 'openid read orders:write stock:count';

describe('RFC 8707: which resource is meant', () => {
  it('none, when there are only scopes of OpenID Connect', async () => {
    expect(await resolve(ALL, 'openid')).toEqual(['openid']);
    expect(await resolve(ALL, '')).toEqual(['']);
  });

  it('the one that knows all the scopes', async () => {
    expect(await resolve(ALL, 'openid orders:write')).toEqual(['openid orders:write', ORDERS]);
    expect(await resolve(ALL, 'read stock:count')).toEqual(['read stock:count', STOCK]);
  });

  it('must be named when several know them, or none knows all', async () => {
    expect(await resolve(ALL, 'read')).toBe('invalid_target');
    expect(await resolve(ALL, 'orders:write stock:count')).toBe('invalid_target');
  });

  it('is the named one, with the scopes it knows', async () => {
    expect(await resolve(ALL, 'read', { resources: [STOCK] })).toEqual(['read', STOCK]);
    expect(await resolve(ALL, 'orders:write stock:count', { resources: [STOCK, ORDERS] })).toEqual([
      'stock:count orders:write',
      STOCK,
      ORDERS,
    ]);
    expect(await resolve(ALL, 'read', { resources: [STOCK, STOCK] })).toEqual(['read', STOCK]);
  });

  it('must be known, and be for this client', async () => {
    expect(await resolve(ALL, 'read', { resources: ['https://nobody.example'] })).toBe('invalid_target');
    expect(await resolve('openid orders:write', 'openid', { resources: [STOCK] })).toBe('invalid_target');
    expect(await resolve('openid', 'openid', { resources: [OPEN] })).toEqual(['openid', OPEN]);
  });
});

describe('RFC 6749 §3.3: which scopes are given', () => {
  it('none the client is not registered for', async () => {
    expect(await resolve('openid read', 'orders:write')).toBe('invalid_scope');
    expect(await resolve('read', 'openid read', { resources: [STOCK] })).toBe('invalid_scope');
  });

  it('none that no named resource knows', async () => {
    expect(await resolve(ALL, 'orders:write', { resources: [STOCK] })).toBe('invalid_scope');
    expect(await resolve(`${ALL} ghost`, 'ghost')).toBe('invalid_scope');
  });

  it('everything the client may have there, when a machine asks for nothing in particular', async () => {
    const whenUnscoped = 'everything';
    expect(await resolve('orders:write', '', { whenUnscoped })).toEqual(['orders:write', ORDERS]);
    expect(await resolve(ALL, '', { whenUnscoped, resources: [STOCK] })).toEqual(['read stock:count', STOCK]);
    expect(await resolve(ALL, '', { whenUnscoped })).toBe('invalid_target');
    expect(await resolve('ghost', '', { whenUnscoped })).toEqual(['']);
  });

  it('nothing, when a person is asked on behalf of a client that asks for nothing', async () => {
    expect(await resolve(ALL, 'openid', { resources: [ORDERS] })).toEqual(['openid', ORDERS]);
  });
});

describe('A client’s permissions are pairs of API and scopes', () => {
  const pairs = { permissions: [{ api: ORDERS, scopes: ['read'] }] } as unknown as Client;
  const ask = (request: Partial<AccessRequest>) =>
    resolver.resolve(tenant, pairs, { scope: ['read'], resources: [], whenUnscoped: 'nothing', ...request });

  it('so a name that another API has too is neither ambiguous nor good there', async () => {
    expect((await ask({})).apis.map((one) => one.api.identifier)).toEqual([ORDERS]);
    await expect(ask({ resources: [STOCK] })).rejects.toMatchObject({ code: 'invalid_target' });
    await expect(ask({ resources: [ORDERS, STOCK] })).rejects.toMatchObject({ code: 'invalid_target' });
  });

  it('so an API is not for a client that has lost its last scope there', async () => {
    const lost = { permissions: [{ api: ORDERS, scopes: ['gone'] }] } as unknown as Client;
    const request = { scope: [], resources: [ORDERS], whenUnscoped: 'nothing' } as const;
    await expect(resolver.resolve(tenant, lost, request)).rejects.toMatchObject({ code: 'invalid_target' });
  });
});

describe('access that was granted before', () => {
  const permissions = [
    { api: '', scopes: ['openid'] },
    { api: ORDERS, scopes: ['read', 'orders:write'] },
    { api: STOCK, scopes: ['read'] },
  ];
  const stored = {
    scope: ['openid', 'read', 'orders:write'],
    resources: [ORDERS, STOCK],
    resourcesRequested: true,
    permissions,
    createdAt: 200,
  };
  const everything = clientWith(ALL);
  const shown = (access: Access) => access.apis.map(({ api: { identifier }, scope }) => [identifier, scope]);

  it.each([
    ['of this version', permissions],
    ['of an older version, which kept names and resources apart', undefined],
  ])('comes back as it was, in a grant %s', async (_, kept) => {
    const access = await resolver.restore(tenant, everything, { ...stored, permissions: kept });
    expect(scopeOf(access)).toEqual(['openid', 'read', 'orders:write']);
    expect(shown(access)).toEqual([
      [ORDERS, ['read', 'orders:write']],
      [STOCK, ['read']],
    ]);
    expect(access.resourcesRequested).toBe(true);
  });

  it('does not grow when an API gets a scope that was granted for another one', async () => {
    const apis = [api(ORDERS, 'read', 'orders:write'), api(STOCK, 'read', 'orders:write')];
    const access = await resolverFor(apis).restore(tenant, clientWith(ALL, apis), stored);
    expect(shown(access)).toEqual([
      [ORDERS, ['read', 'orders:write']],
      [STOCK, ['read']],
    ]);
  });

  it.each([
    ['of this version', [{ api: ORDERS, scopes: ['account:read'] }]],
    ['of an older version', undefined],
  ])('is that of an API that had a name of ours first, in a grant %s', async (_, kept) => {
    const apis = [api(ORDERS, 'account:read')];
    const granted = { ...stored, scope: ['account:read'], resources: [ORDERS], permissions: kept };
    const access = await resolverFor(apis).restore(tenant, clientWith('openid account:read', apis), granted);
    expect([access.openid, shown(access)]).toEqual([[], [[ORDERS, ['account:read']]]]);
  });

  it('loses what no longer exists, and what the client has lost', async () => {
    const apis = [api(STOCK, 'stock:count', 'read')];
    expect(shown(await resolverFor(apis).restore(tenant, clientWith(ALL, apis), stored))).toEqual([[STOCK, ['read']]]);
    expect(shown(await resolver.restore(tenant, clientWith('openid orders:write'), stored))).toEqual([
      [ORDERS, ['orders:write']],
    ]);
    expect((await resolver.restore(tenant, clientWith('read'), stored)).openid).toEqual([]);
  });

  it('is not for an API that was registered later under the same identifier', async () => {
    expect(shown(await resolver.restore(tenant, everything, { ...stored, createdAt: 99 }))).toEqual([]);
  });

  it('is over when nothing of it is left', async () => {
    await expect(resolver.restore(tenant, clientWith('profile'), stored)).rejects.toMatchObject({
      code: 'invalid_grant',
    });
  });
});
