import { beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { sendRaw, sendWithoutEnd } from '../support/raw-connection.js';
import { clientCredentials } from '../support/tenant-fixture.js';

const METADATA = '/.well-known/openid-configuration';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let port: number;
let host: string;

beforeAll(async () => {
  port = Number(new URL(platform.url).port);
  host = `localhost:${port}`;
});

/** A request in order but for what is said. */
const head = (line: string, ...headers: string[]) =>
  [line, `Host: ${host}`, ...headers, 'Connection: close', '', ''].join('\r\n');

/** `count` headers with `Host`, `Connection` and a last one. */
const many = (count: number) => Array.from({ length: count - 3 }, (_, index) => `X-${index}: x`);

describe('RFC 9112 §3.2: the Host header', () => {
  it.each<[string, () => string]>([
    ['none', () => `GET /t/acme${METADATA} HTTP/1.1\r\n\r\n`],
    ['none in HTTP/1.0', () => `GET /t/acme${METADATA} HTTP/1.0\r\n\r\n`],
    ['two', () => head(`GET /t/acme${METADATA} HTTP/1.1`, 'Host: acme.localhost')],
    ['two of the same', () => head(`GET /t/acme${METADATA} HTTP/1.1`, `Host: ${host}`)],
    ['an empty one', () => `GET /t/acme${METADATA} HTTP/1.1\r\nHost:\r\n\r\n`],
    ['one with a user name', () => `GET /t/acme${METADATA} HTTP/1.1\r\nHost: x@${host}\r\n\r\n`],
    ['one with a path', () => `GET ${METADATA} HTTP/1.1\r\nHost: ${host}/t/acme\r\n\r\n`],
    ['one with a space', () => `GET /t/acme${METADATA} HTTP/1.1\r\nHost: ${host} acme.localhost\r\n\r\n`],
    ['one with an encoded NUL', () => `GET /t/acme${METADATA} HTTP/1.1\r\nHost: localhost%00\r\n\r\n`],
  ])('%s is answered 400 and the connection is closed', async (_, request) => {
    const { statuses, text } = await sendRaw(port, request());
    expect(statuses).toEqual([400]);
    expect(text).not.toContain('issuer');
  });

  it('that is refused is so with the headers that every answer has', async () => {
    const refused = await send(`${platform.url}/`, { headers: { host: 'a b' } });
    const { headers } = await send(`${platform.url}/health/live`);
    for (const name of ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy']) {
      expect([name, refused.headers[name]]).toEqual([name, headers[name]]);
      expect(headers[name]).toEqual(expect.any(String));
    }
  });
});

describe('RFC 9112 §3.2.2: a target in absolute form', () => {
  const issuerAt = async (target: string, hostHeader: string) => {
    const request = `GET ${target} HTTP/1.1\r\nHost: ${hostHeader}\r\nConnection: close\r\n\r\n`;
    return /"issuer":"([^"]*)"/.exec((await sendRaw(port, request)).text)?.[1];
  };

  it('is one in origin form at the host it names', async () => {
    expect(await issuerAt(`${acme.issuer}${METADATA}`, host)).toBe(acme.issuer);
    expect(await issuerAt(`${acme.hostIssuer}${METADATA}`, `acme.${host}`)).toBe(acme.hostIssuer);
  });

  it('names the host, whatever the header says: nothing is of one tenant and at another', async () => {
    expect(await issuerAt(`${globex.hostIssuer}${METADATA}`, `acme.${host}`)).toBe(globex.hostIssuer);
    expect(await issuerAt(`${globex.issuer}${METADATA}`, `acme.${host}`)).toBe(globex.issuer);
    expect(await issuerAt(`http://evil.test${METADATA}`, `acme.${host}`)).toBeUndefined();
  });

  it.each(['http://', 'http://x@localhost/', 'http:///jwks', 'http://a b/'])('%s is answered 400', async (target) => {
    expect((await sendRaw(port, head(`GET ${target} HTTP/1.1`))).statuses).toEqual([400]);
  });
});

describe('RFC 9112 §6 and §11.2: where a request ends', () => {
  it.each<[string, () => string]>([
    ['two lengths', () => head('POST /t/acme/token HTTP/1.1', 'Content-Length: 6', 'Content-Length: 5') + 'abcdef'],
    [
      'a length and chunks',
      () => head('POST /t/acme/token HTTP/1.1', 'Content-Length: 6', 'Transfer-Encoding: chunked') + '0\r\n\r\nG',
    ],
    ['an unknown coding', () => head('POST /t/acme/token HTTP/1.1', 'Transfer-Encoding: xchunked') + '0\r\n\r\n'],
    ['a folded header', () => `GET /t/acme/jwks HTTP/1.1\r\nHost: ${host}\r\n .evil.test\r\n\r\n`],
    ['bare line feeds', () => `GET /t/acme/jwks HTTP/1.1\nHost: ${host}\n\n`],
    ['a bare carriage return', () => head('GET /t/acme/jwks HTTP/1.1', 'X: a\rY: b')],
    ['a space before the colon', () => `GET /t/acme/jwks HTTP/1.1\r\nHost : ${host}\r\n\r\n`],
    ['a NUL in the target', () => head('GET /t/acme/jw\0ks HTTP/1.1')],
    ['bytes beyond ASCII in the target', () => head('GET /t/acme/jwks?\xff HTTP/1.1')],
  ])('is not guessed for %s: 400, and nothing that follows is read', async (_, request) => {
    const next = head('GET /t/globex/jwks HTTP/1.1');
    expect((await sendRaw(port, request() + next)).statuses).toEqual([400]);
  });

  it('is where it says, and the next one is of whom it says', async () => {
    const first = `GET /t/acme${METADATA} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\n\r\nabcde`;
    const { statuses, text } = await sendRaw(port, first + head(`GET /t/globex${METADATA} HTTP/1.1`));
    expect(statuses).toEqual([200, 200]);
    const issuers = [...text.matchAll(/"issuer":"([^"]*)"/g)].map(([, issuer]) => issuer);
    expect(issuers).toEqual([acme.issuer, globex.issuer]);
  });
});

describe('RFC 6585 §5: headers beyond reason', () => {
  it('of 100 KB are refused', async () => {
    expect((await sendRaw(port, head('GET /t/acme/jwks HTTP/1.1', `X: ${'x'.repeat(100_000)}`))).statuses).toEqual([
      431,
    ]);
    expect((await sendRaw(port, head(`GET /t/acme/${'x'.repeat(65_000)} HTTP/1.1`))).statuses).toEqual([431]);
  });

  it.each([101, 102, 128, 129, 1000])('are %i, and refused before any of them could be overlooked', async (count) => {
    const headers = [...many(count), 'Authorization: Basic eDp4'];
    expect((await sendRaw(port, head('POST /t/acme/token HTTP/1.1', ...headers))).statuses).toEqual([431]);
  });

  it('are not 100', async () => {
    expect((await sendRaw(port, head('GET /t/acme/jwks HTTP/1.1', ...many(100), 'X: x'))).statuses).toEqual([200]);
  });
});

describe('RFC 9110 §15.5.14: a body without end', () => {
  const CHUNK = { chunk: `10000\r\n${'a'.repeat(65_536)}\r\n`, count: 1000 };
  const SPACE = { chunk: 'a'.repeat(65_536), count: 1000 };
  const request = (path: string, type: string, ...headers: string[]) =>
    [`POST ${path} HTTP/1.1`, `Host: ${host}`, `Content-Type: ${type}`, 'Accept: text/html', ...headers, '', ''].join(
      '\r\n',
    );

  it.each([
    ['/t/acme/token', 'application/x-www-form-urlencoded'],
    ['/t/acme/revoke', 'application/x-www-form-urlencoded'],
    ['/t/acme/userinfo', 'application/x-www-form-urlencoded'],
    ['/t/acme/authorize', 'application/x-www-form-urlencoded'],
    ['/t/acme/sign-in', 'application/x-www-form-urlencoded'],
    ['/t/acme/end-session', 'application/x-www-form-urlencoded'],
    ['/t/acme/unknown', 'application/x-www-form-urlencoded'],
    ['/t/nobody/token', 'application/x-www-form-urlencoded'],
    ['/api/v1/tenants', 'application/json'],
  ])('is not listened to at %s', async (path, type) => {
    const authorization = path.startsWith('/api') ? [`Authorization: Bearer ${platform.operator.token}`] : [];
    const chunked = request(path, type, 'Transfer-Encoding: chunked', ...authorization);
    const announced = request(path, type, 'Content-Length: 1000000000', ...authorization);
    for (const answer of [await sendWithoutEnd(port, chunked, CHUNK), await sendWithoutEnd(port, announced, SPACE)]) {
      expect(answer).toBeDefined();
      for (const status of answer?.statuses ?? []) expect([400, 401, 404, 413]).toContain(status);
    }
  });
});

describe('a password of a megabyte, fifty at once', () => {
  it('is refused unread, and the token endpoint is not held up', async () => {
    const form = `csrf=x&username=alice&password=${'x'.repeat(1_000_000)}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const flood = Array.from({ length: 50 }, () =>
      send(`${acme.issuer}/sign-in`, {
        method: 'POST',
        body: form,
        headers: { ...type, 'sec-fetch-site': 'same-origin' },
      }),
    );
    const beside = Array.from({ length: 20 }, () => clientCredentials(acme, { scope: 'orders:read' }));
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([413]));
    expect(new Set((await Promise.all(beside)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(await platform.database.query('SELECT 1 FROM sign_in_attempts')).toEqual([]);
  });
});

describe('what is not for the public', () => {
  it.each(['/metrics', '/docs', '/swagger', '/graphql', '/.env', '/.git/config', '/debug', '/dist/src/main.js.map'])(
    '%s is not there',
    async (path) => {
      for (const base of [platform.url, acme.issuer, acme.hostIssuer]) {
        expect((await send(`${base}${path}`)).status).toBe(404);
      }
    },
  );

  it('is not said by the health of the platform', async () => {
    for (const name of ['live', 'ready']) {
      const { text, headers } = await send(`${platform.url}/health/${name}`);
      expect(Object.keys(JSON.parse(text) as object)).toEqual(['status']);
      expect([headers['server'], headers['x-powered-by']]).toEqual([undefined, undefined]);
    }
  });
});
