import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HttpAnswer, send } from '../support/http.js';
import { World } from './world.js';

const METADATA = '/.well-known/openid-configuration';

let world: World;
let port: string;
beforeAll(async () => {
  world = await World.create();
  ({ port } = new URL(world.platform.url));
});
afterAll(() => world.platform.stop());

const at = (path: string, headers: Record<string, string> = {}) => send(`${world.platform.url}${path}`, { headers });
const issuerOf = (answer: HttpAnswer) => (answer.status === 200 ? answer.json()['issuer'] : answer.status);

describe('the tenant of a request', () => {
  it('is that of its host: below it, another tenant’s path is an unknown one', async () => {
    const host = `acme.localhost:${port}`;
    expect(issuerOf(await at(METADATA, { host }))).toBe(world.acme.hostIssuer);
    expect(issuerOf(await at(`/t/globex${METADATA}`, { host }))).toBe(404);
    expect(issuerOf(await at('/.well-known/oauth-authorization-server/t/globex', { host }))).toBe(404);
    expect(
      (await at('/api/v1/tenants', { host, authorization: `Bearer ${world.platform.operator.token}` })).status,
    ).toBe(404);
  });

  it('is asked before the body: the management API is not there below a tenant’s address', async () => {
    const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
    for (const base of [world.acme.issuer, world.acme.hostIssuer]) {
      for (const type of types) {
        const headers = { 'content-type': type, authorization: `Bearer ${world.platform.operator.token}` };
        const answer = await send(`${base}/api/v1/tenants`, { method: 'POST', headers, body: '{"slug":' });
        expect([base, type, answer.status]).toEqual([base, type, 404]);
      }
    }
  });

  it('is not changed by headers that speak of another host', async () => {
    const lies = {
      'x-forwarded-host': `acme.localhost:${port}`,
      'x-forwarded-prefix': '/t/acme',
      'x-forwarded-proto': 'https',
      'x-original-url': `/t/acme${METADATA}`,
      'x-rewrite-url': `/t/acme${METADATA}`,
      'x-tenant': 'acme',
      'x-tenant-id': world.acme.id,
      forwarded: `host=acme.localhost:${port};proto=https`,
      origin: world.acme.hostIssuer,
      referer: `${world.acme.issuer}/`,
    };
    expect(issuerOf(await at(`/t/globex${METADATA}`, lies))).toBe(world.globex.issuer);
    expect(issuerOf(await at(METADATA, { ...lies, host: `globex.localhost:${port}` }))).toBe(world.globex.hostIssuer);
  });

  it('is not changed by parameters', async () => {
    const lies = `?tenant=acme&tenant_id=${world.acme.id}&iss=${encodeURIComponent(world.acme.issuer)}`;
    expect(issuerOf(await at(`/t/globex${METADATA}${lies}`))).toBe(world.globex.issuer);
  });

  it.each([
    '/t/acme/../globex',
    '/t/acme/%2e%2e/globex',
    '/t/globex/../acme',
    '/t/globex%2f..%2facme',
    '/t/globex/t/acme',
    '/t/globex//t/acme',
    '/t//acme',
    '//t/acme',
    '/t/acme%00',
    '/t/acme;globex',
    '/t/acme.globex',
    '/t/ACME',
    '/T/acme',
    '/%74/acme',
  ])('is nobody for %s', async (path) => {
    const answer = await at(`${path}${METADATA}`);
    expect(answer.status).toBe(404);
    expect((await at(`${path}/jwks`)).status).toBe(404);
  });
});
