import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { basic, encodeForm, type HttpRequest, send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { type TenantFixture, createTenant, getTokens } from '../support/tenant-fixture.js';
import { TenantCaches } from '../../src/database/tenant-caches.js';

let cable: TcpProxy;
let platform: Platform;
let acme: TenantFixture;
let accessToken: string;
beforeAll(async () => {
  platform = await startPlatform({
    reach: async (databaseUrl) => {
      const url = new URL(databaseUrl);
      cable = await TcpProxy.start({ host: '127.0.0.1', port: Number(url.port) });
      url.hostname = '127.0.0.1';
      url.port = String(cable.port);
      return url.href;
    },
  });
  acme = await createTenant(platform, 'acme');
  accessToken = String((await getTokens(acme))['access_token']);
  cable.interrupt();
});
afterAll(async () => {
  cable.restore();
  await platform.stop();
  await cable.stop();
});

const form = (fields: Record<string, string>): HttpRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic('web', acme.secrets.web) },
  body: encodeForm(fields),
});
const page = { headers: { accept: 'text/html' } };
const bearer = () => ({ headers: { authorization: `Bearer ${accessToken}` } });

/** Every way in, by the address and what is sent there. */
const DOORS: Readonly<Record<string, () => [string, HttpRequest]>> = {
  discovery: () => [`${acme.issuer}/.well-known/openid-configuration`, {}],
  'discovery of RFC 8414': () => [`${platform.url}/.well-known/oauth-authorization-server/t/acme`, {}],
  'the key set': () => [`${acme.issuer}/jwks`, {}],
  'the token endpoint': () => [`${acme.issuer}/token`, form({ grant_type: 'client_credentials' })],
  introspection: () => [`${acme.issuer}/introspect`, form({ token: accessToken })],
  revocation: () => [`${acme.issuer}/revoke`, form({ token: accessToken })],
  userinfo: () => [`${acme.issuer}/userinfo`, bearer()],
  'an authorization request': () => [`${acme.issuer}/authorize?client_id=web&response_type=code`, page],
  'the sign-in page': () => [`${acme.issuer}/sign-in?request=x`, page],
  'the account page': () => [`${acme.issuer}/account`, page],
  'sign-out': () => [`${acme.issuer}/end-session`, page],
  'another method': () => [`${acme.issuer}/token`, { method: 'DELETE' }],
  'the management API': () => [
    `${platform.url}/api/v1/tenants`,
    { headers: { authorization: `Bearer ${platform.operator.token}` } },
  ],
  readiness: () => [`${platform.url}/health/ready`, {}],
};

describe('without the database and with nothing in memory', () => {
  it.each(Object.entries(DOORS))('%s says when to come again', async (name, door) => {
    platform.application.nest.get(TenantCaches).missed();
    const [url, request] = door();
    const { status, headers, text } = await send(url, request);
    expect([name, status, text]).toEqual([name, 503, expect.any(String) as unknown]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|postgres|terminated/i);
  });
});
