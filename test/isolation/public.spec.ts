import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
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
