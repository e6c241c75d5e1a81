import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { NETWORK_LIMIT_RATES, NetworkLimits } from '../../src/limits/network-limits.js';
import { RefusalRecorder } from '../../src/limits/refusal-recorder.js';
import { type HttpAnswer, basic, encodeForm, postForm, send } from '../support/http.js';
import { TestBrowser } from '../support/browser.js';
import { expectErrorPage, expectOAuthError } from '../support/expect-answer.js';
import { type Platform, startPlatform } from '../support/platform.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  WEB_REDIRECT,
  authorizeUrl,
  createTenant,
  getCode,
  pkce,
  redeem,
  responseOf,
} from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
/** So slow that nothing flows back during a test. */
const perSecond = 0.001;
let platform: Platform;
/** The same with every request through Express. */
let slow: Platform;
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  const limits = {
    pendingRequests: {
      tenant: { burst: 10_000, perSecond: 1 },
      allTenants: { burst: 30_000, perSecond: 1 },
      user: { burst: 40_000, perSecond: 1 },
    },
    clientAuthentication: { subject: { burst: 10, perSecond }, network: { burst: 25, perSecond } },
    confidentialClients: { subject: { burst: 20, perSecond }, network: { burst: 100, perSecond } },
    publicClients: { subject: { burst: 10, perSecond }, network: { burst: 100, perSecond } },
  };
  platform = await startPlatform({ config: { trustProxy: 1 }, limits });
  slow = await startPlatform({ beside: platform, fastLane: false, limits });
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
});
afterAll(async () => {
  await slow.stop();
  await platform.stop();
});

/** A browser whose requests come from this address. */
class RemoteBrowser extends TestBrowser {
  constructor(private readonly address: string) {
    super();
  }

  override request(method: string, url: string, body?: string, headers: Readonly<Record<string, string>> = {}) {
    return super.request(method, url, body, { ...headers, 'x-forwarded-for': this.address });
  }
}

const from = (address: string) => ({ 'x-forwarded-for': address });
const rowsOf = async (tenant: TenantFixture) => {
  const where = `FROM authorization_requests WHERE tenant_id = '${tenant.id}'`;
  const [row] = await platform.database.query<{ count: number; bytes: number }>(
    `SELECT count(*)::int AS count, coalesce(sum(length(parameters::text)), 0)::int AS bytes ${where}`,
  );
  return row ?? { count: 0, bytes: 0 };
};

/** Every audit event of this type from this network. */
async function eventsOf(type: string, address: string, instances = [platform, slow]) {
  for (const { application } of instances) {
    application.nest.get(RefusalRecorder).recordSums();
    await application.nest.get(AuditRecorder).flush();
  }
  return platform.database.query<{ details: Record<string, unknown> }>(
    `SELECT details FROM audit_events WHERE type = '${type}' AND address = '${address}' ORDER BY id`,
  );
}

describe('authorization requests that wait for a sign-in', () => {
  const ask = (tenant: TenantFixture, browser: TestBrowser, params: Record<string, string> = {}) =>
    browser.open(authorizeUrl(tenant.issuer, { ...PKCE, ...params }));
  const LONG = { state: 's'.repeat(4000) };

  it('are bounded by network before they are stored: 429, with a page that says when', async () => {
    const before = await rowsOf(acme);
    const pages = [];
    for (let n = 0; n < 8; n += 1) pages.push(await ask(acme, new RemoteBrowser('203.0.113.1'), LONG));
    const refused = pages.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(4);
    const stored = await rowsOf(acme);
    expect(stored.count - before.count).toBe(pages.length - refused.length);
    for (const page of refused) {
      expectErrorPage(page, 429, 'temporarily_unavailable');
      const seconds = Number(page.headers['retry-after']);
      expect(seconds).toBeGreaterThan(0);
      const wait = seconds < 60 ? `${seconds} seconds?` : `${seconds / 60} minutes?`;
      expect(page.text).toMatch(new RegExp(`Please try again in ${wait}\\.`));
    }
    expect(platform.application.nest.get(NetworkLimits).refused.pending_requests).toBeGreaterThanOrEqual(
      refused.length,
    );
  });

  it('are bounded when they come by POST as well', async () => {
    const body = encodeForm({ client_id: 'web', redirect_uri: WEB_REDIRECT, response_type: 'code', ...PKCE, ...LONG });
    const post = () => new RemoteBrowser('203.0.113.2').request('POST', `${acme.issuer}/authorize`, body);
    const statuses = [];
    for (let n = 0; n < 8; n += 1) statuses.push((await post()).status);
    expect(statuses.slice(0, 2)).toEqual([303, 303]);
    expect(statuses.slice(-1)).toEqual([429]);
  });

  it('of one network say nothing about another one, nor about the same one at another tenant', async () => {
    for (let n = 0; n < 8; n += 1) await ask(acme, new RemoteBrowser('2001:db8:0:7::1'), LONG);
    expect((await ask(acme, new RemoteBrowser('2001:db8:0:7::2'), LONG)).status).toBe(429);
    expect((await ask(acme, new RemoteBrowser('2001:db8:0:8::1'), LONG)).status).toBe(200);
    expect((await ask(globex, new RemoteBrowser('2001:db8:0:7::1'), LONG)).status).toBe(200);
  });

  it('of one site are bounded together, whichever of its 65,536 networks they come from', async () => {
    const statuses = [];
    for (let n = 0; n < 40; n += 1) {
      const browser = new RemoteBrowser(`2001:db8:51:${n.toString(16)}::1`);
      statuses.push((await ask(n % 2 === 0 ? acme : globex, browser, LONG)).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(statuses.slice(-3)).toEqual([429, 429, 429]);
    expect((await ask(acme, new RemoteBrowser('2001:db8:52::1'), LONG)).status).toBe(200);
  });

  it('of somebody who is signed in are not counted with those', async () => {
    const alice = new RemoteBrowser('203.0.113.4');
    const page = await alice.signIn(await ask(acme, alice), 'alice', ALICE_PASSWORD);
    expect(page.text).toContain('id="consent-approve"');
    for (let n = 0; n < 8; n += 1) await ask(acme, new RemoteBrowser('203.0.113.4'), LONG);
    expect((await ask(acme, new RemoteBrowser('203.0.113.4'), LONG)).status).toBe(429);
    for (let n = 0; n < 5; n += 1) expect((await ask(acme, alice, { prompt: 'login', ...LONG })).status).toBe(200);
  });

  it('of one person who is signed in are bounded as well, wherever they are, and of nobody else', async () => {
    const bob = { username: 'bob', password: ALICE_PASSWORD };
    await platform.operator.create('/tenants/globex/users', bob);
    const [one, other] = [new RemoteBrowser('203.0.113.8'), new RemoteBrowser('203.0.113.9')];
    for (const browser of [one, other]) {
      await browser.signIn(await browser.open(`${globex.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
    }
    const before = await rowsOf(globex);
    const statuses = [];
    for (let n = 0; n < 14; n += 1) {
      statuses.push((await ask(globex, n % 2 === 0 ? one : other, { prompt: 'login', ...LONG })).status);
    }
    expect([statuses[0], ...statuses.slice(-3)]).toEqual([200, 429, 429, 429]);
    expect((await rowsOf(globex)).bytes - before.bytes).toBeLessThan(45_000);
    await one.submit(await one.open(`${globex.issuer}/end-session`), 'logout-confirm');
    await one.signIn(await one.open(`${globex.issuer}/sign-in`), 'bob', ALICE_PASSWORD);
    expect((await ask(globex, one, { prompt: 'login' })).status).toBe(200);
  });

  it('are of many tenants bounded together, for one network', async () => {
    const tenants = [];
    for (let n = 0; n < 5; n += 1) tenants.push(await createTenant(platform, `many-${n}`));
    const answers = [];
    for (const tenant of tenants) {
      for (let n = 0; n < 2; n += 1) answers.push(await ask(tenant, new RemoteBrowser('203.0.113.5'), LONG));
    }
    expect(answers.at(0)?.status).toBe(200);
    expect(answers.at(-1)?.status).toBe(429);
  });

  it('keep what means something, and nothing else', async () => {
    const before = await rowsOf(globex);
    const padding = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x${n}`, 'y'.repeat(200)]));
    expect((await ask(globex, new RemoteBrowser('203.0.113.6'), padding)).status).toBe(200);
    expect((await rowsOf(globex)).bytes - before.bytes).toBeLessThan(500);
  });

  it('that are too long are refused, to the client', async () => {
    const long = { nonce: 'n'.repeat(2000), state: 's'.repeat(8000), login_hint: 'h'.repeat(7000) };
    const page = await ask(globex, new RemoteBrowser('203.0.113.7'), long);
    expect(page.status).toBe(303);
    expect(responseOf(page)).toMatchObject({ error: 'invalid_request', state: long.state });
  });

  it('have room for an office behind one address', () => {
    const { tenant } = NETWORK_LIMIT_RATES.pendingRequests;
    // A usual request, stored with its row.
    expect(tenant.burst / 700).toBeGreaterThan(500);
    // The half hour that a request is kept.
    expect(tenant.burst + tenant.perSecond * 1800).toBeLessThan(5_000_000);
  });
});

describe.each([
  ['the fast lane', 1, () => platform],
  ['Express', 2, () => slow],
])('failed client authentication, on %s', (_, lane, instance) => {
  const at = (path: string, tenant = acme) =>
    `${tenant.issuer}${path}`.replace(/:\d+/, `:${instance().config.listen.port}`);
  const ask = (clientId: string, secret: string, address: string, path = '/token', tenant = acme) =>
    postForm(
      at(path, tenant),
      { grant_type: 'client_credentials', scope: 'orders:read', token: 'x' },
      { authorization: basic(clientId, secret), ...from(address) },
    );
  const address = (n: number) => `198.51.${lane}.${n}`;
  const statuses = async (times: number, attempt: () => Promise<HttpAnswer>) => {
    const all = [];
    for (let n = 0; n < times; n += 1) all.push((await attempt()).status);
    return all;
  };
  const TEN = new Array(10).fill(401);

  it('is slowed after a number of failures, with 429 and the time to wait', async () => {
    expect(await statuses(12, () => ask('machine', 'wrong', address(1)))).toEqual([...TEN, 429, 429]);
    const refused = await ask('machine', 'wrong', address(1));
    expectOAuthError(refused, 429, 'temporarily_unavailable');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // Guesses are not answered by the right one either.
    expect((await ask('machine', acme.secrets.machine, address(1))).status).toBe(429);
  });

  it('looks the same for a client that is not there', async () => {
    expect(await statuses(12, () => ask('nobody', 'wrong', address(2)))).toEqual([...TEN, 429, 429]);
    expect((await ask('nobody', 'wrong', address(2))).text.replace(/\d+/g, '')).toBe(
      (await ask('machine', 'wrong', address(1))).text.replace(/\d+/g, ''),
    );
  });

  it('does not lock the client out that comes from elsewhere, nor at another tenant', async () => {
    expect((await ask('machine', acme.secrets.machine, address(3))).status).toBe(200);
    expect((await ask('machine', globex.secrets.machine, address(1), '/token', globex)).status).toBe(200);
  });

  it('does not lock the client out in a network that it uses, and slows the wrong secrets there', async () => {
    expect((await ask('machine', acme.secrets.machine, address(4))).status).toBe(200);
    const answers = await statuses(14, () => ask('machine', 'wrong', address(4)));
    expect(answers.slice(0, 10)).toEqual(TEN);
    expect(answers.at(-1)).toBe(429);
    expect((await ask('machine', acme.secrets.machine, address(4))).status).toBe(200);
  });

  it('counts for the network when the client changes its name each time', async () => {
    let n = 0;
    const answers = await statuses(27, () => ask(`made-up-${(n += 1)}`, 'wrong', address(5)));
    expect(answers).toEqual([...new Array(25).fill(401), 429, 429]);
  });

  it.each(['/introspect', '/revoke'])('is one limit with that of %s', async (path) => {
    const place = path === '/revoke' ? address(6) : address(7);
    expect(await statuses(11, () => ask('web', 'wrong', place, path))).toEqual([...TEN, 429]);
    expect((await ask('web', 'wrong', place)).status).toBe(429);
  });

  it('is recorded once for the network that is slowed, and not for every request', async () => {
    expect(await eventsOf('network.slowed', address(1))).toEqual([{ details: { limit: 'client_authentication' } }]);
  });
});

describe('failed client authentication from one site', () => {
  it('is slowed, whatever network and name it comes under', async () => {
    const fail = (site: string, n: number) =>
      postForm(
        `${acme.issuer}/token`,
        { grant_type: 'client_credentials' },
        { authorization: basic(`stranger${n}`, 'guess'), ...from(`2001:db8:${site}:${n.toString(16)}::1`) },
      );
    let last: HttpAnswer | undefined;
    for (let n = 0; n < 105; n += 1) last = await fail('61', n);
    expect(last?.status).toBe(429);
    expect((await fail('62', 0)).status).toBe(401);
  });
});

describe('refused token requests', () => {
  const ask = (form: Record<string, string>, address: string, headers = {}) =>
    postForm(`${acme.issuer}/token`, form, { ...headers, ...from(address) });
  const bogus = (n: number) => ({ grant_type: 'refresh_token', client_id: 'spa', refresh_token: `made-up-${n}` });

  it('of a public client are slowed by network', async () => {
    const answers = [];
    for (let n = 0; n < 12; n += 1) answers.push(await ask(bogus(n), '198.51.100.1'));
    expect(answers.map(({ status }) => status)).toEqual([...new Array(10).fill(400), 429, 429]);
    expectOAuthError(answers[11] as HttpAnswer, 429, 'temporarily_unavailable');
    expect((await ask(bogus(0), '198.51.100.2')).status).toBe(400);
    const elsewhere = { ...bogus(0), client_id: 'native' };
    expect((await ask(elsewhere, '198.51.100.1')).status).toBe(400);
  });

  it('that repeat what was good once hardly count: applications do so', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    const statuses = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await redeem(acme, { code, code_verifier: verifier })).status);
    expect(statuses).toEqual([200, ...new Array(39).fill(400)]);
  });

  it('that wait for another limit do not count: guesses at one account do not slow the client', async () => {
    await createTenant(platform, 'guessed', { allow_password_grant: true });
    const client = { client_id: 'old', client_secret: 'the-secret-of-the-old-application-7' };
    const grant_types = ['password', 'refresh_token'];
    await platform.operator.create('/tenants/guessed/clients', { ...client, grant_types, scope: 'openid' });
    const ask = (form: Record<string, string>) =>
      postForm(`${platform.url}/t/guessed/token`, form, {
        ...from('198.51.100.40'),
        authorization: basic(client.client_id, client.client_secret),
      });
    const guess = { grant_type: 'password', username: 'carol', password: 'wrong' };
    // On a slow machine the account lets a further guess through now and then, which is refused by its password.
    for (let refused = 0; refused < 15;) {
      const { status } = await ask(guess);
      expect([400, 429]).toContain(status);
      if (status === 429) refused += 1;
    }
    expect((await ask({ grant_type: 'refresh_token', refresh_token: 'unknown' })).status).toBe(400);
  });

  it('are not a row each: beyond a hundred they are counted', async () => {
    const form = { grant_type: 'nonsense' };
    const authorization = basic('web', acme.secrets.web);
    const unlimited = await startPlatform({ beside: platform });
    const url = `${acme.issuer}/token`.replace(/:\d+/, `:${unlimited.config.listen.port}`);
    for (let n = 0; n < 300; n += 1) {
      expect((await postForm(url, form, { authorization, ...from('198.51.100.9') })).status).toBe(400);
    }
    const events = await eventsOf('token.refused', '198.51.100.9', [unlimited]);
    // One a second flows back, however slow the machine is.
    expect(events.length).toBeLessThan(300);
    const counts = events.map(({ details }) => Number(details['count'] ?? 1));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300);
    expect(Math.max(...counts)).toBeGreaterThan(1);
    await unlimited.stop();
  });
});

describe('what has no limit', () => {
  it.each(['/jwks', '/.well-known/openid-configuration', '/branding/logo'])('%s', async (path) => {
    for (let n = 0; n < 50; n += 1) {
      expect((await send(`${acme.issuer}${path}`, { headers: from('198.51.100.77') })).status).not.toBe(429);
    }
  });
});
