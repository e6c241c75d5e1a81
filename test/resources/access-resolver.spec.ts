import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../src/clients/client.js';
import { OAuthError } from '../../src/oauth/oauth-error.js';
import { scopeOf } from '../../src/resources/access.js';
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
    accessTokenLifetimeSeconds: undefined,
    introspectionClientIds: [],
    isManagement: false,
  };
}

/** `read` is a scope of both. */
const APIS = [api(ORDERS, 'read', 'orders:write'), api(STOCK, 'read', 'stock:count'), api(OPEN)];

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
  const client = { scope: clientScope.split(' ') } as unknown as Client;
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

describe('access that was granted before', () => {
  const stored = { scope: ['openid', 'read', 'orders:write'], resources: [ORDERS, STOCK], resourcesRequested: true };

  it('comes back as it was', async () => {
    const access = await resolver.restore(tenant, stored);
    expect(scopeOf(access)).toEqual(['openid', 'read', 'orders:write']);
    expect(access.apis.map(({ api: { identifier }, scope }) => [identifier, scope])).toEqual([
      [ORDERS, ['read', 'orders:write']],
      [STOCK, ['read']],
    ]);
    expect(access.resourcesRequested).toBe(true);
  });

  it('loses what no longer exists', async () => {
    const access = await resolverFor([api(STOCK, 'stock:count')]).restore(tenant, stored);
    expect(access.apis.map(({ api: { identifier }, scope }) => [identifier, scope])).toEqual([[STOCK, []]]);
  });
});
