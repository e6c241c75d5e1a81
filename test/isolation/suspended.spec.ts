import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PAGES_CSS_PATH } from '../../src/pages/look/stylesheet.js';
import { basic, encodeForm, type HttpRequest, send } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { clientCredentials, userinfo } from '../support/tenant-fixture.js';
import { belongingsOfAcme } from './belongings.js';
import { findRoutes } from './routes.js';
import { World } from './world.js';

const NAME = 'none';
/** Public, and the same at every address, whoever is behind it. */
const EVERYWHERE = new Set([
  'GET /favicon.ico',
  `GET /${PAGES_CSS_PATH}`,
  'GET /health/live',
  'GET /health/ready',
  'GET /health/installation',
]);
const FORM = 'application/x-www-form-urlencoded';

let world: World;
let own: Readonly<Record<'session' | 'browser' | 'accessToken' | 'refreshToken' | 'webSecret', string>>;
let admin: ManagementClient;
beforeAll(async () => {
  world = await World.create();
  const { person, ...belongings } = belongingsOfAcme(world);
  own = {
    session: await person.session(),
    browser: await person.browser(),
    accessToken: await belongings.accessToken(),
    refreshToken: await belongings.refreshToken(),
    webSecret: await belongings.webSecret(),
  };
  admin = await adminOf(world.platform, 'acme', 'clients:read');
  await world.platform.operator.patch('/tenants/acme', { status: 'suspended' });
});
afterAll(() => world.platform.stop());

/** Every byte of an answer but for time, request id and nonce. */
async function essence(url: string, request: HttpRequest) {
  const { status, headers, text } = await send(url, request);
  const { date: _, 'x-request-id': __, ...rest } = headers;
  const said = JSON.stringify({ rest, text });
  const ids = said.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>');
  return { status, said: ids.replaceAll(/nonce[-=]\\?"?[\w-]{24}/g, '<nonce>') };
}

/** What somebody who had to do with the tenant would send. */
function requestTo(route: string, accept: string): { path: string; request: HttpRequest } {
  const [method = '', path = ''] = route.split(' ');
  const headers = {
    accept,
    cookie: `acme-session=${own.session}; session=${own.session}; acme-browser=${own.browser}`,
    authorization: path === '/userinfo' ? `Bearer ${own.accessToken}` : basic('web', own.webSecret),
    origin: 'https://rp.test',
    'sec-fetch-site': 'same-origin',
  };
  if (method === 'GET') return { path: `${path}?client_id=web&request=x`, request: { headers } };
  if (method !== 'POST') return { path, request: { method, headers } };
  const body = encodeForm({ grant_type: 'refresh_token', refresh_token: own.refreshToken, token: own.accessToken });
  return { path, request: { method, body, headers: { ...headers, 'content-type': FORM } } };
}

describe.each(['text/html', 'application/json'])('a suspended tenant, asked for %s', (accept) => {
  it('cannot be told from one that never was, by any route and at any address', async () => {
    const { acme, platform } = world;
    const addresses = [
      [acme.issuer, acme.issuer.replace('/t/acme', `/t/${NAME}`)],
      [acme.hostIssuer, acme.hostIssuer.replace('acme.', `${NAME}.`)],
    ];
    const paths = new Set(findRoutes(platform).map((route) => route.split(' ')[1] ?? ''));
    const preflights = [...paths].map((path) => `OPTIONS ${path}`);
    const routes = [
      ...findRoutes(platform),
      ...EVERYWHERE,
      ...preflights,
      'GET /unknown',
      'POST /unknown',
      'PUT /token',
    ];
    for (const [suspended = '', never = ''] of addresses) {
      for (const route of routes) {
        const { path, request } = requestTo(route, accept);
        const answer = await essence(suspended + path, request);
        expect([route, await essence(never + path, request)]).toEqual([route, answer]);
        if (!route.startsWith('OPTIONS') && !EVERYWHERE.has(route))
          expect([route, answer.status]).toEqual([route, 404]);
        expect(answer.said).not.toContain('acme');
      }
    }
  });

  it('cannot be told by its inserted metadata path', async () => {
    const request = { headers: { accept } };
    for (const kind of ['oauth-authorization-server', 'openid-configuration']) {
      const at = (slug: string) => essence(`${world.platform.url}/.well-known/${kind}/t/${slug}`, request);
      expect(await at('acme')).toEqual(await at(NAME));
      expect((await at('acme')).status).toBe(404);
    }
  });
});

describe('the suspension of acme', () => {
  it('shuts out its administrators, as if their token were of nobody', async () => {
    const answer = await admin.request('GET', '/tenants/acme/clients');
    expect(answer.status).toBe(401);
    const { request_id: _, ...problem } = answer.json();
    const [header = '', payload = ''] = admin.token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss: string };
    const nobody = { ...claims, iss: claims.iss.replace('/t/acme', `/t/${NAME}`) };
    const token = [header, Buffer.from(JSON.stringify(nobody)).toString('base64url'), 'AAAA'].join('.');
    const unknown = await send(`${admin.url}/api/v1/tenants/acme/clients`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { request_id: __, ...said } = unknown.json();
    expect([unknown.status, said]).toEqual([401, problem]);
  });

  it('touches nothing of globex, and ends with everything as it was', async () => {
    const { acme, globex, platform } = world;
    expect((await clientCredentials(globex, { scope: 'orders:read' })).status).toBe(200);
    await platform.operator.patch('/tenants/acme', { status: 'active' });
    expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
    expect((await userinfo(acme.issuer, own.accessToken)).status).toBe(200);
    expect((await admin.request('GET', '/tenants/acme/clients')).status).toBe(200);
  });
});
