import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RefusalRecorder } from '../../src/limits/refusal-recorder.js';
import { TenantRates } from '../../src/limits/tenant-rates.js';
import { listEvents } from '../support/audit.js';
import { SoftwareAuthenticator } from '../support/authenticator.js';
import { TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { addPasskey, signInWithPasskey } from '../support/passkeys.js';
import { adminOf } from '../support/management-access.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectProblem } from '../support/problems.js';
import { countStatuses, race, racingForm, times } from '../support/race.js';
import { StatementWatch } from '../support/statements.js';
import { type TenantFixture, authorizeUrl, clientCredentials } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

const JWT = { scope: 'orders:read' };
/** Nothing comes back while a test runs. */
const hourly = (limit: number) => ({ limit, per: 'hour' }) as const;

const limited = new Set<string>();

async function limit(tenant: string, quotas: object): Promise<void> {
  limited.add(tenant);
  await platform.operator.patch(`/tenants/${tenant}/quotas`, quotas);
}

/** What the process has leased, and what it knows of empty buckets. */
function forget({ application }: Platform): void {
  application.nest.get(TenantRates)['leases'].clear();
}

/** Every limit begins anew. */
afterEach(async () => {
  const none = { token_requests: null, sign_ins: null, management_calls: null };
  for (const slug of limited) await limit(slug, none);
  limited.clear();
  await platform.database.query('DELETE FROM tenant_rates');
  forget(platform);
});

function expectAtLimit({ status, headers }: HttpAnswer, policy: string, quota: string): void {
  expect(status).toBe(429);
  const wait = Number(headers['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(headers['ratelimit-policy']).toBe(`"${policy}";${quota}`);
  expect(headers['ratelimit']).toBe(`"${policy}";r=0;t=${wait}`);
}

/** Mail and webhooks are looked for now and then. */
const isOfRequest = (name: string) => !name.endsWith('.claim');

async function statusesOf(count: number, send: () => Promise<HttpAnswer>): Promise<Record<number, number>> {
  return countStatuses(await Promise.all(times(count, send)));
}

describe('A limit of token requests', () => {
  it('lets as many through as it says, at once, and refuses the others in the form of OAuth', async () => {
    await limit('acme', { token_requests: hourly(5) });
    expect(await statusesOf(12, () => clientCredentials(acme, JWT))).toEqual({ 200: 5, 429: 7 });
    const refused = await clientCredentials(acme, JWT);
    expectAtLimit(refused, 'token_requests', 'q=5;w=3600');
    expect(refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect(refused.json()['error_description']).toContain('limit of 5 token_requests a hour');
  });

  it('is that of one tenant', async () => {
    await limit('acme', { token_requests: hourly(1) });
    expect(await statusesOf(3, () => clientCredentials(acme, JWT))).toEqual({ 200: 1, 429: 2 });
    expect(await statusesOf(3, () => clientCredentials(globex, JWT))).toEqual({ 200: 3 });
  });

  it('holds at every address and in both lanes', async () => {
    await limit('acme', { token_requests: hourly(1) });
    expect((await clientCredentials(acme, JWT, acme.hostIssuer)).status).toBe(200);
    expect((await clientCredentials(acme, JWT)).status).toBe(429);
    const accept = { accept: 'text/html', authorization: basic('machine', acme.secrets.machine) };
    const ordinary = await postForm(`${acme.issuer}/token`, { grant_type: 'client_credentials' }, accept);
    expectAtLimit(ordinary, 'token_requests', 'q=1;w=3600');
  });

  it('is not used up by those who do not authenticate', async () => {
    await limit('acme', { token_requests: hourly(1) });
    const wrong = { authorization: basic('machine', 'wrong') };
    const attempts = times(5, () => postForm(`${acme.issuer}/token`, { grant_type: 'client_credentials' }, wrong));
    expect(countStatuses(await Promise.all(attempts))).toEqual({ 401: 5 });
    expect((await clientCredentials(acme, JWT)).status).toBe(200);
  });

  it('costs a refused request no statement, and a tenant without limit none either', async () => {
    await limit('acme', { token_requests: hourly(1) });
    await changesHeard(platform);
    await statusesOf(3, () => clientCredentials(acme, JWT));
    await clientCredentials(globex, JWT);
    const watch = new StatementWatch();
    try {
      const statements = await watch.during(async () => {
        for (const _ of times(20, () => 0)) expect((await clientCredentials(acme, JWT)).status).toBe(429);
        expect((await clientCredentials(globex, JWT)).status).toBe(200);
      });
      expect(statements.filter(isOfRequest)).toEqual([]);
    } finally {
      watch.restore();
    }
  });

  it('costs a request that is let through a small part of a statement', async () => {
    await limit('acme', { token_requests: { limit: 10_000, per: 'minute' } });
    await changesHeard(platform);
    await clientCredentials(acme, JWT);
    const watch = new StatementWatch();
    try {
      const statements = await watch.during(async () => {
        for (const _ of times(5, () => 0)) {
          expect(await statusesOf(20, () => clientCredentials(acme, JWT))).toEqual({ 200: 20 });
        }
      });
      const names = statements.filter(isOfRequest);
      expect(names.filter((name) => name !== 'tenant_rates.lease')).toEqual([]);
      expect(names.length).toBeLessThan(30);
    } finally {
      watch.restore();
    }
  });

  it('changes at once for who is refused', async () => {
    await limit('acme', { token_requests: hourly(1) });
    await statusesOf(2, () => clientCredentials(acme, JWT));
    expect((await clientCredentials(acme, JWT)).status).toBe(429);
    await limit('acme', { token_requests: hourly(1000) });
    expect((await clientCredentials(acme, JWT)).status).toBe(200);
    await limit('acme', { token_requests: 'unlimited' });
    expect(await statusesOf(3, () => clientCredentials(acme, JWT))).toEqual({ 200: 3 });
  });

  it('is the default of tenant system where a tenant has none of its own, and never that of system', async () => {
    await limit('system', { token_requests: hourly(2), management_calls: hourly(1) });
    expect(await statusesOf(4, () => clientCredentials(acme, JWT))).toEqual({ 200: 2, 429: 2 });
    await limit('globex', { token_requests: 'unlimited' });
    expect(await statusesOf(4, () => clientCredentials(globex, JWT))).toEqual({ 200: 4 });
    expect(await statusesOf(3, () => platform.operator.request('GET', '/tenants'))).toEqual({ 200: 3 });
  });

  it('is recorded in the log of the tenant, a few times one by one and then in sums', async () => {
    await limit('acme', { token_requests: hourly(1) });
    await clientCredentials(acme, JWT);
    const before = (await refusalsOf(acme)).length;
    await statusesOf(130, () => clientCredentials(acme, JWT));
    platform.application.nest.get(RefusalRecorder).recordSums();
    const events = (await refusalsOf(acme)).slice(before);
    expect(events.length).toBeLessThan(130);
    const countOf = ({ details }: (typeof events)[number]) => Number(details?.['count'] ?? 1);
    expect(events.reduce((sum, event) => sum + countOf(event), 0)).toBe(130);
    expect(events[0]?.details).toMatchObject({ limit: 'token_requests', allowed: 1, per: 'hour' });
    expect(await refusalsOf(globex)).toEqual([]);
  });

  it('leaves no row of a tenant without limits', async () => {
    await clientCredentials(acme, JWT);
    expect(await platform.database.query('SELECT * FROM tenant_rates')).toEqual([]);
  });
});

function refusalsOf({ slug }: TenantFixture) {
  return listEvents(platform.operator, slug, 'tenant.rate_limited');
}

describe('A limit of sign-ins', () => {
  async function signIn(tenant: TenantFixture, language = 'en'): Promise<HttpAnswer> {
    const browser = new TestBrowser();
    const page = await browser.open(authorizeUrl(tenant.issuer, { nonce: 'n' }));
    const wrong = { username: 'alice', password: 'a wrong password, which costs as much' };
    return browser.submit(page, 'login-form', wrong, { 'accept-language': language });
  }

  it.each([
    ['en', 'Too many people are signing in'],
    ['de', 'Zu viele Anmeldungen auf einmal'],
  ])('answers with a page in %s', async (language, title) => {
    await limit('acme', { sign_ins: hourly(1) });
    expect((await signIn(acme)).text).toContain('login-form');
    const refused = await signIn(acme, language);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit-policy']).toBe('"sign_ins";q=1;w=3600');
    expect(refused.text).toContain(title);
    expect((await signIn(globex)).text).toContain('login-form');
  });
});

describe('A limit of sign-ins counts', () => {
  it('passkeys', async () => {
    const authenticator = new SoftwareAuthenticator(new URL(acme.issuer).origin);
    await addPasskey(acme.issuer, { authenticator });
    await limit('acme', { sign_ins: hourly(1) });
    const signIn = () => signInWithPasskey(`${acme.issuer}/sign-in`, authenticator);
    expect((await signIn()).answer.url).toContain('/account');
    expect((await signIn()).answer.status).toBe(429);
  });
});

describe('A limit of management calls', () => {
  it('is that of the tenant whose token it is, and answers with a problem', async () => {
    const admin = await adminOf(platform, 'acme', 'users:read');
    await limit('acme', { management_calls: hourly(2) });
    expect(await statusesOf(3, () => admin.request('GET', '/tenants/acme/users'))).toEqual({ 200: 2, 429: 1 });
    const refused = await admin.request('GET', '/tenants/acme/users');
    expectProblem(refused, 429, 'too-many-requests');
    expectAtLimit(refused, 'management_calls', 'q=2;w=3600');
    expect((await platform.operator.request('GET', '/tenants/acme/users')).status).toBe(200);
  });
});

describe('Memory', () => {
  it('is that of the tenants with limits that are in use', async () => {
    const rates = platform.application.nest.get(TenantRates);
    const before = rates.size;
    await clientCredentials(globex, JWT);
    expect(rates.size).toBe(before);
  });
});

describe('Two processes', () => {
  let second: Platform;
  beforeAll(async () => void (second = await startPlatform({ beside: platform })));
  afterEach(() => forget(second));
  afterAll(() => second.stop());

  const ports = () => [platform, second].map(({ config }) => config.listen.port);
  const request = ({ issuer, secrets }: TenantFixture) =>
    racingForm(
      `${issuer}/token`,
      { grant_type: 'client_credentials', ...JWT },
      { authorization: basic('machine', secrets.machine) },
    );

  it('together let through what the limit says, and hear of its change', async () => {
    await limit('acme', { token_requests: hourly(19) });
    await changesHeard(second);
    const answers = await race(
      ports(),
      times(60, () => request(acme)),
    );
    expect(countStatuses(answers)).toEqual({ 200: 19, 429: 41 });

    await limit('acme', { token_requests: hourly(1000) });
    await changesHeard(second);
    expect(
      countStatuses(
        await race(
          ports(),
          times(10, () => request(acme)),
        ),
      ),
    ).toEqual({ 200: 10 });
  });

  it('let through no more than a twentieth of the burst each beside it', async () => {
    await limit('acme', { token_requests: hourly(100) });
    await changesHeard(second);
    const answers = [];
    for (const _ of times(5, () => 0))
      answers.push(
        ...(await race(
          ports(),
          times(40, () => request(acme)),
        )),
      );
    const counts = countStatuses(answers);
    // Nothing comes back within the test, so the sum is what the shared bucket gave; what is leased may lie idle.
    expect(counts[200]).toBeLessThanOrEqual(100);
    expect(counts[200]).toBeGreaterThanOrEqual(90);
    expect(Object.keys(counts)).toEqual(['200', '429']);
  });

  it('hear of other defaults', async () => {
    await limit('system', { token_requests: hourly(1) });
    await changesHeard(second);
    const counts = countStatuses(
      await race(
        ports(),
        times(6, () => request(globex)),
      ),
    );
    expect(counts).toEqual({ 200: 1, 429: 5 });
  });
});
