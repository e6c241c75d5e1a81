import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { clientCredentials } from '../support/tenant-fixture.js';
import { World } from './world.js';

let world: World;
beforeAll(async () => void (world = await World.create()));
afterAll(() => world.platform.stop());

describe('what tenants publish', () => {
  it('names nothing of another tenant', async () => {
    const paths = [
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/jwks',
      '/',
      '/sign-in',
    ];
    for (const path of paths) {
      for (const issuer of [world.globex.issuer, world.globex.hostIssuer]) {
        const { text, status } = await send(`${issuer}${path}`);
        expect([path, status < 500, /acme/i.test(text)]).toEqual([path, true, false]);
      }
    }
  });

  it('has keys of its own, the same at both addresses', async () => {
    const kids = async (issuer: string) =>
      (await send(`${issuer}/jwks`)).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
    const acme = await kids(world.acme.issuer);
    expect(await kids(world.acme.hostIssuer)).toEqual(acme);
    const globex = await kids(world.globex.issuer);
    expect(globex.length).toBeGreaterThan(0);
    expect(acme.filter((kid) => globex.includes(kid))).toEqual([]);
  });
});

describe('a suspended tenant', () => {
  it('cannot be told from one that never was, at any address, and the other goes on', async () => {
    const { platform, acme, globex } = world;
    await platform.operator.patch('/tenants/acme', { status: 'suspended' });
    const essence = async (url: string, headers: Record<string, string>, method = 'GET') => {
      const { status, headers: answered, text } = await send(url, { headers, method });
      const { date: _, 'x-request-id': __, ...rest } = answered;
      const said = JSON.stringify({ status, rest, text });
      return {
        status,
        said: said.replaceAll(/[0-9a-f-]{36}/g, '<id>').replaceAll(/nonce[-=]\\?"?[\w-]{24}/g, '<nonce>'),
      };
    };
    const never = { path: acme.issuer.replace('/t/acme', '/t/none'), host: acme.hostIssuer.replace('acme.', 'none.') };
    const paths = [
      '/.well-known/openid-configuration',
      '/jwks',
      '/authorize',
      '/sign-in',
      '/account',
      '/userinfo',
      '/x',
    ];
    for (const accept of ['text/html', 'application/json']) {
      for (const path of paths) {
        const known = await essence(acme.issuer + path, { accept });
        expect(known.status).toBe(404);
        expect(known).toEqual(await essence(never.path + path, { accept }));
        expect(await essence(acme.hostIssuer + path, { accept })).toEqual(await essence(never.host + path, { accept }));
      }
    }
    expect((await essence(`${acme.issuer}/token`, {}, 'POST')).status).toBe(404);
    expect((await clientCredentials(globex, { scope: 'orders:read' })).status).toBe(200);

    await platform.operator.patch('/tenants/acme', { status: 'active' });
    expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
  });
});
