import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { basic } from '../../support/http.js';
import { type Platform, startPlatform } from '../../support/platform.js';
import { sendRaw } from '../../support/raw-http.js';
import { type TenantFixture, createTenant } from '../../support/tenant-fixture.js';

const FORM = 'grant_type=client_credentials&scope=orders:read';
const METADATA = '/.well-known/openid-configuration';

let fast: Platform;
/** The same platform with every request through Express. */
let slow: Platform;
let acme: TenantFixture;
let globex: TenantFixture;
let host: string;

beforeAll(async () => {
  fast = await startPlatform();
  slow = await startPlatform({ beside: fast, fastLane: false });
  [acme, globex] = [await createTenant(fast, 'acme'), await createTenant(fast, 'globex')];
  ({ host } = new URL(fast.url));
});
afterAll(async () => {
  await slow.stop();
  await fast.stop();
});

/** Down both lanes, which have to agree. */
async function ask(startLine: string, headers: readonly string[], body = '') {
  const lines = [startLine, ...headers, 'Connection: close', '', body].join('\r\n');
  const [quick, usual] = await Promise.all([fast, slow].map(({ config }) => sendRaw(config.listen.port, lines)));
  expect(quick?.statuses).toEqual(usual?.statuses);
  return quick ?? { statuses: [], text: '' };
}

const authorization = () => `Authorization: ${basic('machine', acme.secrets.machine)}`;
const form = () => [
  authorization(),
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${FORM.length}`,
];
const issuerOf = ({ text }: { text: string }) => /"issuer":"([^"]+)"/.exec(text)?.[1];

describe('RFC 9112 §3.2.2: a target that is a whole URI', () => {
  it('is understood, because a server must', async () => {
    expect(issuerOf(await ask(`GET ${acme.issuer}${METADATA} HTTP/1.1`, [`Host: ${host}`]))).toBe(acme.issuer);
    const answer = await ask(`POST ${acme.issuer}/token HTTP/1.1`, [`Host: ${host}`, ...form()], FORM);
    expect(answer.statuses).toEqual([200]);
  });

  it('names the host, whatever the Host header says', async () => {
    for (const [target, header, issuer] of [
      [globex.hostIssuer, acme.hostIssuer, globex.hostIssuer],
      [globex.hostIssuer.replace('http', 'HTTP'), acme.hostIssuer, globex.hostIssuer],
      [globex.issuer, acme.hostIssuer, globex.issuer],
      [acme.hostIssuer, globex.hostIssuer, acme.hostIssuer],
    ] as const) {
      const answer = await ask(`GET ${target}${METADATA} HTTP/1.1`, [`Host: ${new URL(header).host}`]);
      expect([target, issuerOf(answer)]).toEqual([target, issuer]);
    }
  });

  it('gives a client of one tenant no token of another', async () => {
    const headers = [`Host: ${new URL(acme.hostIssuer).host}`, ...form()];
    expect((await ask(`POST ${globex.hostIssuer}/token HTTP/1.1`, headers, FORM)).statuses).toEqual([401]);
  });

  it('does not lead a tenant’s host to the management API', async () => {
    const token = `Authorization: Bearer ${fast.operator.token}`;
    const there = await ask(`GET ${acme.hostIssuer}/api/v1/tenants HTTP/1.1`, [`Host: ${host}`, token]);
    expect(there.statuses).toEqual([404]);
    const own = await ask(`GET ${fast.url}/api/v1/tenants HTTP/1.1`, [`Host: ${host}`, token]);
    expect(own.statuses).toEqual([200]);
  });

  it.each(['http://', 'http:///t/acme/token', 'http://x@localhost/t/acme/token', 'http://a b/', 'http://a_b..c/'])(
    'is refused when its host is none: %s',
    async (target) => {
      const { statuses, text } = await ask(`POST ${target} HTTP/1.1`, [`Host: ${host}`, ...form()], FORM);
      expect(statuses).toEqual([400]);
      expect(text).not.toContain('<html');
    },
  );

  it('has no other forms: an asterisk is nobody’s address', async () => {
    expect((await ask('OPTIONS * HTTP/1.1', [`Host: ${host}`])).statuses).toEqual([404]);
  });
});

describe('RFC 9112 §3.2 and RFC 9110 §5.3: what may be said once', () => {
  it.each<[string, () => string[]]>([
    ['two hosts', () => [`Host: ${host}`, `Host: ${new URL(globex.hostIssuer).host}`, ...form()]],
    ['the same host twice', () => [`Host: ${host}`, `hOST: ${host}`, ...form()]],
    ['no host', () => form()],
    ['an empty host', () => ['Host:', ...form()]],
    ['a host with a user', () => [`Host: x@${host}`, ...form()]],
    ['a host with a path', () => [`Host: ${host}/t/globex`, ...form()]],
    ['two credentials, the good ones first', () => [`Host: ${host}`, ...form(), 'Authorization: Basic eDp5']],
    ['two credentials, the good ones last', () => [`Host: ${host}`, 'authorization: Basic eDp5', ...form()]],
    ['two types', () => [`Host: ${host}`, ...form(), 'Content-Type: text/plain']],
  ])('%s: 400', async (_, headers) => {
    expect((await ask('POST /t/acme/token HTTP/1.1', headers(), FORM)).statuses).toEqual([400]);
  });
});

describe('RFC 9112 §6: where a body ends', () => {
  const length = `Content-Length: ${FORM.length}`;
  const type = 'Content-Type: application/x-www-form-urlencoded';
  const chunked = `${FORM.length.toString(16)}\r\n${FORM}\r\n0\r\n\r\n`;

  it.each<[string, string[], string]>([
    ['a length and chunks', [length, 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['two lengths', [length, 'Content-Length: 3'], FORM],
    ['a negative length', ['Content-Length: -5'], FORM],
    ['a signed length', [`Content-Length: +${FORM.length}`], FORM],
    ['an unknown transfer coding', ['Transfer-Encoding: xchunked'], chunked],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], chunked],
    ['a length of a chunk that is none', ['Transfer-Encoding: chunked'], `zz\r\n${FORM}\r\n0\r\n\r\n`],
    ['a folded header', [length, 'X-A: b\r\n c'], FORM],
  ])('%s: 400, and the connection is closed', async (_, headers, body) => {
    const all = [`Host: ${host}`, authorization(), type, ...headers];
    // What follows would be answered if the connection went on.
    const { statuses } = await ask('POST /t/acme/token HTTP/1.1', all, body);
    expect(statuses).toEqual([400]);
  });

  it('a body cut short is not taken for a whole one', async () => {
    const head = ['POST /t/acme/token HTTP/1.1', `Host: ${host}`, authorization(), type, 'Content-Length: 500'];
    for (const { config } of [fast, slow]) {
      const bytes = `${head.join('\r\n')}\r\n\r\n${FORM}`;
      expect((await sendRaw(config.listen.port, bytes, { hangUp: true })).statuses).toEqual([400]);
    }
  });

  it('a request that follows a refused one is answered for itself', async () => {
    const refused = ['POST /t/acme/token HTTP/1.1', `Host: ${host}`, 'Content-Type: text/plain', 'Content-Length: 5'];
    const next = [`GET /t/globex${METADATA} HTTP/1.1`, `Host: ${host}`, 'Connection: close', '', ''];
    for (const { config } of [fast, slow]) {
      const bytes = `${refused.join('\r\n')}\r\n\r\nhello${next.join('\r\n')}`;
      const answer = await sendRaw(config.listen.port, bytes);
      expect([answer.statuses, issuerOf(answer)]).toEqual([[400, 200], globex.issuer]);
    }
  });

  it('is not asked for when it would be refused anyway, and is when it may be good (RFC 9110 §10.1.1)', async () => {
    const expecting = [`Host: ${host}`, ...form(), 'Expect: 100-continue'];
    expect((await ask('POST /t/acme/token HTTP/1.1', expecting, FORM)).statuses).toEqual([100, 200]);
    const odd = [`Host: ${host}`, ...form(), 'Expect: a-miracle'];
    expect((await ask('POST /t/acme/token HTTP/1.1', odd, FORM)).statuses).toEqual([417]);
  });
});

describe('RFC 9110 §8.4: a form that is encoded', () => {
  it.each(['gzip', 'br', 'GZIP', 'identity, gzip', 'x'])(
    'as %s is refused with 415, not read as it is',
    async (coding) => {
      for (const path of ['token', 'introspect', 'revoke']) {
        const headers = [`Host: ${host}`, ...form(), `Content-Encoding: ${coding}`];
        const { statuses, text } = await ask(`POST /t/acme/${path} HTTP/1.1`, headers, FORM);
        expect([path, statuses]).toEqual([path, [415]]);
        expect(text).toContain('"error":"invalid_request"');
      }
    },
  );

  it('on its way (Transfer-Encoding) alike', async () => {
    const headers = [`Host: ${host}`, ...form().slice(0, 2), 'Transfer-Encoding: gzip, chunked'];
    const body = `${FORM.length.toString(16)}\r\n${FORM}\r\n0\r\n\r\n`;
    expect((await ask('POST /t/acme/token HTTP/1.1', headers, body)).statuses).toEqual([415]);
  });

  it('as itself is a form', async () => {
    const headers = [`Host: ${host}`, ...form(), 'Content-Encoding: identity'];
    expect((await ask('POST /t/acme/token HTTP/1.1', headers, FORM)).statuses).toEqual([200]);
  });
});
