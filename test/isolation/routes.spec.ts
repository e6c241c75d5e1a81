import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '../support/http.js';
import { type Belongings, belongingsOfAcme, madeUp } from './belongings.js';
import { routeCases, type Target, WITHOUT_BELONGINGS } from './route.cases.js';
import { findFastPaths, findRoutes } from './routes.js';
import { World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
  for (const tenant of ['acme', 'globex']) {
    await world.platform.operator.patch(`/tenants/${tenant}`, {
      policy: { account_deletion: 'on', sign_up: 'open', developer_registration: 'with_approval' },
    });
  }
});
// A case may have asked for the deletion of an account. Its applications would then get nothing any more.
beforeEach(() => world.platform.database.query('UPDATE users SET deletion_scheduled_for = NULL'));
afterAll(() => world.platform.stop());

const hasCase = (route: string) =>
  route in routeCases || route in WITHOUT_BELONGINGS || route.includes(' /api/v1/tenants');

describe('routes', () => {
  it('have a case each, and no case for a route that is gone', () => {
    const routes = findRoutes(world.platform);
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter((route) => !hasCase(route))).toEqual([]);
    const known = [...Object.keys(routeCases), ...Object.keys(WITHOUT_BELONGINGS)];
    expect(known.filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('are those of the fast lane, too', () => {
    const paths = new Set(findRoutes(world.platform).map((route) => route.split(' ')[1]));
    const fast = findFastPaths(world.platform);
    expect(fast).toEqual(expect.arrayContaining(['/token', '/introspect', '/jwks']));
    expect(fast.filter((path) => !paths.has(path))).toEqual([]);
  });

  it('would fail for a route without a case', () => {
    expect(hasCase('POST /par')).toBe(false);
  });
});

const CASES = Object.entries(routeCases).flatMap(([route, cases]) => Object.keys(cases).map((what) => [route, what]));

describe('globex', () => {
  it.each(CASES)(
    '%s takes acme’s %s for something unknown, at its path and its host',
    async (route = '', what = '') => {
      const request = routeCases[route]?.[what];
      if (!request) throw new Error('No such case.');
      const { acme, globex } = world;
      const own: Belongings = belongingsOfAcme(world);
      const at = { tenantId: world.globexId, secrets: globex.secrets };
      const addresses: readonly Target[] = [
        { ...at, issuer: globex.issuer, cookiePrefix: 'globex-' },
        { ...at, issuer: globex.hostIssuer, cookiePrefix: '' },
      ];
      for (const there of addresses) {
        // What the case needs of acme is made with what is made up, before the rows are looked at.
        await request(there, madeUp(own));
        const before = await world.rowsOfAcme();
        const unknown = essence(await request(there, madeUp(own)));
        expect(essence(await request(there, own))).toEqual(unknown);
        expect(unknown.status).toBeLessThan(500);
        expect(await world.rowsOfAcme()).toBe(before);
      }

      // At home the same request is answered differently or changes something, or the case would prove nothing.
      const home: Target = {
        issuer: acme.issuer,
        tenantId: world.acmeId,
        cookiePrefix: 'acme-',
        secrets: acme.secrets,
      };
      const stranger = essence(await request(home, madeUp(own)));
      const rows = await world.rowsOfAcme();
      const known = essence(await request(home, own));
      const differs = JSON.stringify(known) !== JSON.stringify(stranger);
      expect(differs || (await world.rowsOfAcme()) !== rows).toBe(true);
    },
  );
});

/** What an answer says, without what is different in every answer. */
function essence({ status, headers, text }: HttpAnswer) {
  return {
    status,
    location: headers.location && withoutNoise(headers.location),
    challenge: headers['www-authenticate'],
    cookies: headers['set-cookie']?.map((cookie) => withoutNoise(cookie)),
    body: withoutNoise(text),
  };
}

function withoutNoise(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/ey[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>')
    .replace(/[\w-]{43}/g, '<secret>')
    .replace(/\d{10}/g, '<time>');
}
