import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';

const CONSOLE = 'https://console.example.com';
const platform = givenPlatform({ config: { managementOrigins: [CONSOLE, 'http://localhost:5173'] } });
const closed = givenPlatform();

beforeAll(async () => void (await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' })));

const CORS = /^access-control-/;
const corsOf = ({ headers }: { readonly headers: object }) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => CORS.test(name)));
const preflight = (url: string, origin: string) =>
  send(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match',
    },
  });

/** Origins that look like one of the list, and others that a browser may send. */
const STRANGERS = [
  'https://evil.example',
  'null',
  'http://console.example.com',
  'https://console.example.com:8443',
  'https://console.example.com.evil.example',
  'https://evil-console.example.com',
  'https://CONSOLE.example.com',
  'https://console.example.com/',
  'http://localhost:5174',
  `${CONSOLE},https://evil.example`,
];

describe('MANAGEMENT_ORIGINS', () => {
  it('answers the preflight of an origin of the list, for what a console sends and no more', async () => {
    const answer = await preflight(`${platform.url}/api/v1/tenants/acme`, CONSOLE);
    expect(answer.status).toBe(204);
    expect(corsOf(answer)).toEqual({
      'access-control-expose-headers': expect.any(String),
      'access-control-allow-origin': CONSOLE,
      'access-control-allow-methods': 'GET,HEAD,POST,PUT,PATCH,DELETE',
      'access-control-allow-headers': 'Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key',
      'access-control-max-age': '600',
    });
    expect(answer.headers['vary']).toContain('Origin');
  });

  it('lets its pages read the answers, the refused ones too, and never with cookies', async () => {
    const call = (authorization: string) =>
      send(`${platform.url}/api/v1/tenants/acme`, { headers: { origin: CONSOLE, authorization } });
    for (const [token, status] of [
      [platform.operator.token, 200],
      ['nonsense', 401],
    ] as const) {
      const answer = await call(`Bearer ${token}`);
      expect(answer.status).toBe(status);
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': CONSOLE,
        'access-control-expose-headers': expect.stringMatching(/\bETag\b.*\bLocation\b.*\bDeprecation\b/),
      });
    }
  });

  it.each(STRANGERS)('tells %s nothing, neither that there is a list nor who is in it', async (origin) => {
    const asked = await preflight(`${platform.url}/api/v1/tenants/acme`, origin);
    expect([asked.status, corsOf(asked)]).toEqual([
      (await preflight(`${closed.url}/api/v1/tenants/acme`, origin)).status,
      {},
    ]);
    const read = await send(`${platform.url}/api/v1/tenants/acme`, {
      headers: { origin, authorization: `Bearer ${platform.operator.token}` },
    });
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
    expect(read.headers['access-control-allow-credentials']).toBeUndefined();
    // Or a cache would give the answer to a stranger to a page of the list.
    expect(read.headers['vary']).toContain('Origin');
  });

  it('opens nothing else: no page, no account, and no address of a tenant', async () => {
    for (const path of ['/t/acme/api/v1/tenants/acme', '/t/acme/sign-in', '/t/acme/account', '/health', '/api/v1x']) {
      const answer = await preflight(`${platform.url}${path}`, CONSOLE);
      expect([path, corsOf(answer)]).toEqual([path, {}]);
    }
  });

  it('is empty unless it is set, and the management API is closed to pages then', async () => {
    for (const origin of [CONSOLE, 'null', closed.url]) {
      expect(corsOf(await preflight(`${closed.url}/api/v1/tenants`, origin))).toEqual({});
      expect(corsOf(await send(`${closed.url}/api/v1/tenants`, { headers: { origin } }))).toEqual({});
    }
  });
});
