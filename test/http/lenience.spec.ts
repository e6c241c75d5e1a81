import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { basic, encodeForm, postForm, send } from '../support/http.js';
import { expectOAuthError } from '../support/expect-answer.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { sendRaw } from '../support/raw-connection.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

let fast: Platform;
/** The same platform with every request through Express. */
let slow: Platform;
let acme: TenantFixture;

beforeAll(async () => {
  fast = await startPlatform();
  slow = await startPlatform({ beside: fast, fastLane: false });
  acme = await createTenant(fast, 'acme');
});
afterAll(async () => {
  await slow.stop();
  await fast.stop();
});

const at = (platform: Platform, path: string) =>
  `${acme.issuer}${path}`.replace(/:\d+/, `:${platform.config.listen.port}`);
const both = () => [fast, slow];

describe('a health probe in HTTP/1.0 without a Host header', () => {
  it.each(['GET /health/live', 'GET /health/ready', 'HEAD /health/live', 'GET /health/live?node=1'])(
    'is answered: %s',
    async (line) => {
      for (const { config } of both()) {
        expect((await sendRaw(config.listen.port, `${line} HTTP/1.0\r\n\r\n`)).statuses).toEqual([200]);
      }
    },
  );

  it.each([
    'GET /t/acme/jwks HTTP/1.0',
    'GET / HTTP/1.0',
    'GET /health/ HTTP/1.0',
    'GET /health/live/../../t/acme/jwks HTTP/1.0',
    'GET /health/live HTTP/1.1',
  ])('is all that may come without one, and only in HTTP/1.0: %s', async (line) => {
    expect((await sendRaw(fast.config.listen.port, `${line}\r\n\r\n`)).statuses).toEqual([400]);
  });

  it('may not bring two', async () => {
    const text = 'GET /health/live HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n';
    expect((await sendRaw(fast.config.listen.port, text)).statuses).toEqual([400]);
  });
});

describe('parameters of the media type of a form', () => {
  const TYPE = 'application/x-www-form-urlencoded';
  const ask = (platform: Platform, type: string, form = 'grant_type=client_credentials&scope=orders%3Aread') =>
    postForm(at(platform, '/token'), form, {
      'content-type': type,
      authorization: basic('machine', acme.secrets.machine),
    });

  it.each([
    TYPE,
    `${TYPE};charset=utf8`,
    `${TYPE}; charset=UTF-8`,
    `${TYPE}; charset="utf-8"`,
    `${TYPE}; charset=ISO-8859-1`,
    `${TYPE};charset=us-ascii`,
    `${TYPE}; charset=utf-16`,
    `${TYPE}; boundary=x`,
    `${TYPE}; charset=utf-8; boundary=x`,
    `${TYPE};`,
    `${TYPE} ;charset=`,
    `${TYPE}; charset`,
    `${TYPE.toUpperCase()};CHARSET=Utf8`,
  ])('never refuse one in ASCII: %s', async (type) => {
    for (const platform of both()) expect((await ask(platform, type)).status).toBe(200);
  });

  it.each([
    'text/plain',
    'application/json',
    `${TYPE}x`,
    `x${TYPE}`,
    'multipart/form-data; boundary=x',
    `a/b; ${TYPE}`,
  ])('make no form of something else: %s', async (type) => {
    for (const platform of both()) expectOAuthError(await ask(platform, type), 400, 'invalid_request');
  });

  it('decide about what is not ASCII: in UTF-8 it is read, and in nothing else', async () => {
    const form = 'grant_type=client_credentials&scope=orders%3Aread&x=%C3%A9';
    for (const platform of both()) {
      expect((await ask(platform, `${TYPE};charset=utf8`, form)).status).toBe(200);
      expectOAuthError(await ask(platform, `${TYPE};charset=latin1`, form), 400, 'invalid_request');
      expectOAuthError(await ask(platform, TYPE, 'grant_type=client_credentials&x=%E9'), 400, 'invalid_request');
    }
  });
});

describe('a preflight (Fetch §4.8)', () => {
  const preflight = (path: string, headers: string, method = 'POST') =>
    send(at(fast, path), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.test',
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });

  it.each([
    'x-requested-with',
    'authorization,content-type',
    'traceparent,tracestate,x-client-sku,x-anything',
    'dpop,cache-control,pragma',
  ])('is allowed whatever header it asks for, where no cookie is taken: %s', async (names) => {
    for (const path of ['/token', '/revoke', '/userinfo', '/jwks', '/.well-known/openid-configuration']) {
      const { status, headers } = await preflight(path, names);
      expect([status, headers['access-control-allow-headers']]).toEqual([204, names]);
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['vary']).toMatch(/Access-Control-Request-Headers/i);
    }
  });

  it.each(['/authorize', '/sign-in', '/consent', '/account', '/introspect', '/end-session'])(
    'is allowed nothing elsewhere: %s',
    async (path) => {
      const { headers } = await preflight(path, 'x-requested-with');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  it('lets a page read when to come back', async () => {
    for (const platform of both()) {
      const { headers } = await postForm(at(platform, '/token'), {}, { origin: 'https://app.test' });
      expect(headers['access-control-expose-headers']).toContain('Retry-After');
    }
  });
});

describe('RFC 9110 §9.3.2: HEAD', () => {
  const PLATFORM = ['/health/live', '/health/ready', '/api/v1/openapi.json', '/favicon.ico', '/nowhere'];
  const TENANT = [
    '/jwks',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/userinfo',
    '/sign-in',
    '/account',
    '/error',
    '/branding/logo',
    '/language/de/sign-in',
    '/nowhere',
  ];
  const MANAGED = [
    '/tenants',
    '/tenants/acme',
    '/tenants/acme/clients',
    '/tenants/acme/clients/web',
    '/tenants/acme/keys',
  ];

  it('says what GET says, without the body', async () => {
    const authorization = `Bearer ${fast.operator.token}`;
    const urls = both().flatMap((platform) => [
      ...PLATFORM.map((path) => at(platform, path).replace('/t/acme', '')),
      ...TENANT.map((path) => at(platform, path)),
      ...MANAGED.map((path) => at(platform, `/api/v1${path}`).replace('/t/acme', '')),
    ]);
    for (const url of urls) {
      const [get, head] = [
        await send(url, { headers: { authorization } }),
        await send(url, { method: 'HEAD', headers: { authorization } }),
      ];
      expect([url, head.status, head.text]).toEqual([url, get.status, '']);
      // What is new each time differs, and nothing else.
      const names = ({ headers }: typeof get) =>
        Object.keys(headers)
          .filter((name) => name !== 'transfer-encoding')
          .sort();
      expect([url, names(head)]).toEqual([url, names(get)]);
      expect([url, head.headers['content-type']]).toEqual([url, get.headers['content-type']]);
    }
  });
});

describe('an authorization request by POST', () => {
  it('may have parameters in its media type as well', async () => {
    const body = encodeForm({ client_id: 'nobody' });
    const type = 'application/x-www-form-urlencoded;charset=windows-1252';
    const answer = await send(at(fast, '/authorize'), { method: 'POST', body, headers: { 'content-type': type } });
    expect(answer.text).toContain('invalid_client');
  });
});
