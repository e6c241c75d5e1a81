import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import type { Config } from '../../src/config/config.js';
import { clientAddressReader, proxyTrust } from '../../src/http/client-address.js';
import { RequestLog } from '../../src/observability/request-log.js';
import { basic, postForm } from '../support/http.js';
import { TestBrowser } from '../support/browser.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, authorizeUrl, createTenant, pkce } from '../support/tenant-fixture.js';

function read(trustProxy: Config['trustProxy'], peer: string | undefined, forwarded?: string): string {
  const request = { socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded } };
  return clientAddressReader(proxyTrust(trustProxy))(request as unknown as IncomingMessage);
}

describe('TRUST_PROXY off', () => {
  it.each(['192.0.2.1', '192.0.2.1, 10.0.0.1', '127.0.0.1', 'unknown', ''])('believes nobody: %j', (forwarded) => {
    expect(read(false, '10.0.0.1', forwarded)).toBe('10.0.0.1');
  });
});

describe('TRUST_PROXY as a number of proxies', () => {
  it.each<[number, string | undefined, string]>([
    [1, undefined, '10.0.0.1'],
    [1, '192.0.2.1', '192.0.2.1'],
    [1, '203.0.113.9, 192.0.2.1', '192.0.2.1'],
    [2, '203.0.113.9, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    [3, '192.0.2.1', '192.0.2.1'],
    [1, ' 2001:db8::1 ', '2001:db8::1'],
    [1, '[2001:db8::1]:4711', '2001:db8::1'],
    [1, '[2001:db8::1]', '2001:db8::1'],
    [1, '192.0.2.1:4711', '192.0.2.1'],
    // What is no address is not believed, nor what stands before it.
    [1, 'unknown', '10.0.0.1'],
    [1, '_hidden', '10.0.0.1'],
    [1, '', '10.0.0.1'],
    [1, '192.0.2.1,', '10.0.0.1'],
    [1, '192.0.2.256', '10.0.0.1'],
    [1, '192.0.2.1;DROP TABLE', '10.0.0.1'],
    [1, 'x'.repeat(10_000), '10.0.0.1'],
    [2, '192.0.2.1, unknown', '10.0.0.1'],
    [2, 'unknown, 192.0.2.1', '192.0.2.1'],
  ])('%i of %j is %s', (hops, forwarded, address) => {
    expect(read(hops, '10.0.0.1', forwarded)).toBe(address);
  });
});

describe('TRUST_PROXY as a list', () => {
  const list = ['10.0.0.0/8', '2001:db8:ffff::/48'];

  it.each<[string | undefined, string, string]>([
    ['10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['::ffff:10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['2001:db8:ffff::2', '192.0.2.1', '192.0.2.1'],
    ['10.0.0.1', '203.0.113.9, 192.0.2.1, 10.1.1.1', '192.0.2.1'],
    ['10.0.0.1', '10.2.2.2, 10.1.1.1', '10.2.2.2'],
    ['203.0.113.1', '192.0.2.1', '203.0.113.1'],
    ['203.0.113.1', '10.0.0.1', '203.0.113.1'],
    ['10.0.0.1', '192.0.2.1, unknown, 10.1.1.1', '10.1.1.1'],
    [undefined, '192.0.2.1', 'unknown'],
  ])('from %s with %j is %s', (peer, forwarded, address) => {
    expect(read(list, peer, forwarded)).toBe(address);
  });
});

const FORGED = { 'x-forwarded-for': '203.0.113.77', forwarded: 'for=203.0.113.77', 'x-real-ip': '203.0.113.77' };

describe.each<[string, Config['trustProxy'], string]>([
  ['off', false, '127.0.0.1'],
  ['a list without the peer', ['10.0.0.0/8'], '127.0.0.1'],
  ['a list with the peer', ['127.0.0.1'], '203.0.113.77'],
  ['1', 1, '203.0.113.77'],
])('an address that a client claims, with TRUST_PROXY %s', (_, trustProxy, seen) => {
  let platform: Platform;
  let acme: TenantFixture;
  const begin = () => jest.spyOn(RequestLog.prototype, 'begin');
  let logged: ReturnType<typeof begin>;

  beforeAll(async () => {
    logged = begin();
    platform = await startPlatform({ config: { trustProxy } });
    acme = await createTenant(platform, 'acme');
  });
  afterAll(async () => {
    logged.mockRestore();
    await platform.stop();
  });

  const addressesOf = async (type: string) => {
    await platform.application.nest.get(AuditRecorder).flush();
    const rows = await platform.database.query<{ address: string }>(
      `SELECT DISTINCT address FROM audit_events WHERE type = '${type}' AND tenant_id = '${acme.id}'`,
    );
    return rows.map(({ address }) => address);
  };

  it('is in the audit log and the request log only when it is believed', async () => {
    logged.mockClear();
    const form = { grant_type: 'client_credentials', scope: 'orders:read' };
    const authorization = basic('machine', acme.secrets.machine);
    for (const path of ['token', 'token?express']) {
      const answer = await postForm(`${acme.issuer}/${path}`, form, { authorization, ...FORGED });
      expect(answer.status).toBe(200);
    }
    const wrong = { authorization: basic('machine', 'wrong'), ...FORGED };
    expect((await postForm(`${acme.issuer}/token`, form, wrong)).status).toBe(401);
    expect(await addressesOf('token.issued')).toEqual([seen]);
    expect(await addressesOf('client.authentication_failed')).toEqual([seen]);
    expect(new Set(logged.mock.calls.map(([request]) => request.clientAddress))).toEqual(new Set([seen]));
  });

  it('escapes the slowing of guesses only when it is believed', async () => {
    const { challenge } = pkce();
    const url = authorizeUrl(acme.issuer, { code_challenge: challenge, code_challenge_method: 'S256' });
    const guess = async (headers: Record<string, string>) => {
      const browser = new (class extends TestBrowser {
        override request(method: string, to: string, body?: string) {
          return super.request(method, to, body, headers);
        }
      })();
      return (await browser.signIn(await browser.open(url), 'alice', 'wrong')).status;
    };
    for (let n = 0; n < 11; n += 1) await guess(FORGED);
    await platform.database.query(
      `UPDATE sign_in_attempts SET next_attempt_at = now() + interval '1 hour' WHERE next_attempt_at > now() - interval '1 minute'`,
    );
    expect(await guess({ 'x-forwarded-for': '203.0.113.78' })).toBe(seen === '127.0.0.1' ? 429 : 400);
    expect(await guess(FORGED)).toBe(429);
    expect(await addressesOf('user.sign_in_failed')).toEqual(
      seen === '127.0.0.1' ? [seen] : expect.arrayContaining([seen, '203.0.113.78']),
    );
  });
});
