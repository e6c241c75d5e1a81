import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { DomainUpkeep } from '../../src/maintenance/domain-upkeep.js';
import { discover, signIn } from '../interop/openid-client.js';
import { askToken, codeAt } from './code-at.js';
import { TenantCaches } from '../../src/database/tenant-caches.js';
import { changesHeard } from '../support/changes-heard.js';
import { StatementWatch } from '../support/statements.js';
import { lastMailTo } from '../support/mails.js';
import { ManagementClient } from '../support/management-client.js';
import { fetchOptions } from '../support/passkeys.js';
import { adminOf } from '../support/management-access.js';
import { TestBrowser } from '../support/browser.js';
import { DnsServer } from '../support/dns-server.js';
import { basic, postForm, send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { ALICE_PASSWORD, type TenantFixture, createTenant } from '../support/tenant-fixture.js';

interface Domain {
  readonly domain: string;
  readonly status: string;
  readonly issuer: string;
  readonly primary: boolean;
  readonly challenge: { readonly dns: { readonly name: string; readonly value: string } };
  readonly last_check: { readonly dns: { readonly found: string[]; readonly detail: string } };
}

let dns: DnsServer;
let platform: Platform;
let acme: TenantFixture;
let globex: TenantFixture;
let port: string;

beforeAll(async () => {
  dns = await DnsServer.start();
  platform = await startPlatform({ config: { domainResolvers: [dns.address] } });
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
  port = new URL(platform.url).port;
});
afterAll(async () => {
  await platform.stop();
  await dns.stop();
});

const claim = (slug: string, domain: string) =>
  platform.operator.create<Domain>(`/tenants/${slug}/domains`, { domain });
const verify = (slug: string, domain: string) =>
  platform.operator.request('POST', `/tenants/${slug}/domains/${domain}/verify`);

/** Puts the record there that the platform expects. */
function publish({ challenge }: Domain, ...beside: string[]): void {
  dns.set('TXT', challenge.dns.name, ...beside, challenge.dns.value);
}

/** A verified domain; returns its issuer. */
async function give(slug: string, domain: string): Promise<string> {
  const claimed = await claim(slug, domain);
  publish(claimed);
  const answer = await verify(slug, domain);
  expect(answer.json()).toMatchObject({ status: 'verified' });
  return claimed.issuer;
}

const discovery = (issuer: string) => send(`${issuer}/.well-known/openid-configuration`);

const redeem = (issuer: string, form: Record<string, string>) => askToken(issuer, acme, form);

describe('a domain is claimed', () => {
  it('and shows how to prove it, in its ASCII form', async () => {
    const made = await claim('acme', 'Anmeldung.Bücher.Example.');
    expect(made).toMatchObject({
      domain: 'anmeldung.xn--bcher-kva.example',
      status: 'pending',
      primary: false,
      challenge: { dns: { type: 'TXT', name: '_tenantry-challenge.anmeldung.xn--bcher-kva.example' } },
    });
    const again = await platform.operator.request('POST', '/tenants/acme/domains', {
      domain: 'anmeldung.xn--bcher-kva.example',
    });
    expect(again.status).toBe(409);
    expect((await discovery(made.issuer)).status).toBe(404);
  });

  it.each([
    'https://a.example',
    'a.example:8443',
    'a.example/x',
    '*.a.example',
    'localhost',
    'acme.localhost',
    'x.acme.localhost',
    'printer.local',
    '127.0.0.1',
    '[::1]',
    '0x7f000001',
    '127.1',
    'example',
    'co.uk',
    'github.io',
    'pvt.k12.ma.us',
    'a..example',
    '-a.example',
    'a b.example',
    'a\u202e.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(120)}example`,
    '',
  ])('and %j is refused', async (domain) => {
    const answer = await platform.operator.request('POST', '/tenants/acme/domains', { domain });
    expect([answer.status, answer.json()['detail']]).toEqual([400, expect.stringContaining('domain')]);
  });

  it('with hostile bodies refused', async () => {
    for (const body of [{}, { domain: 7 }, { domain: ['a.example'] }, { domain: 'a.example', verified_at: 'now' }]) {
      expect((await platform.operator.request('POST', '/tenants/acme/domains', body)).status).toBe(400);
    }
    for (const name of ['%00', '..', 'x%2Fy', 'unknown.example', `${'a'.repeat(300)}.example`]) {
      const answer = await platform.operator.request('GET', `/tenants/acme/domains/${name}`);
      expect([400, 404]).toContain(answer.status);
    }
  });

  it('by administrators of the tenant, and of no other', async () => {
    const admin = await adminOf(platform, 'globex', 'tenants:read tenants:write');
    expect((await admin.request('POST', '/tenants/acme/domains', { domain: 'evil.example' })).status).toBe(404);
    expect((await admin.request('POST', '/tenants/globex/domains', { domain: 'own.globex.example' })).status).toBe(201);
    const reader = await adminOf(platform, 'globex', 'tenants:read');
    expect((await reader.request('POST', '/tenants/globex/domains', { domain: 'x.example' })).status).toBe(403);
    expect((await reader.request('POST', '/tenants/globex/domains/own.globex.example/verify')).status).toBe(403);
  });
});

describe('the proof', () => {
  it('says what is there and what is expected', async () => {
    const claimed = await claim('acme', 'wrong.example');
    const nothing = (await verify('acme', 'wrong.example')).json<Domain>();
    expect(nothing.last_check.dns.detail).toContain('does not exist');
    dns.set('TXT', claimed.challenge.dns.name, 'v=spf1 -all', `${claimed.challenge.dns.value}x`);
    const wrong = (await verify('acme', 'wrong.example')).json<Domain>();
    expect(wrong).toMatchObject({ status: 'pending', last_check: { dns: { proven: false } } });
    expect(wrong.last_check.dns.found).toEqual(['v=spf1 -all', `${claimed.challenge.dns.value}x`]);
    publish(claimed, 'v=spf1 -all');
    expect((await verify('acme', 'wrong.example')).json()).toMatchObject({ status: 'verified', verified_by: 'dns' });
    expect((await verify('acme', 'wrong.example')).json()).toMatchObject({ status: 'verified' });
  });

  it('of another tenant proves nothing', async () => {
    const ofAcme = await claim('acme', 'mine.example');
    await claim('globex', 'mine.example');
    publish(ofAcme);
    expect((await verify('globex', 'mine.example')).json()).toMatchObject({ status: 'pending' });
    expect((await verify('acme', 'mine.example')).json()).toMatchObject({ status: 'verified' });
  });

  it('does not take a domain from the tenant that has it', async () => {
    const issuer = await give('acme', 'kept.example');
    const ofGlobex = await claim('globex', 'kept.example');
    publish(ofGlobex);
    const answer = await verify('globex', 'kept.example');
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('another tenant')]);
    expect(answer.text).not.toContain('acme');
    expect((await discovery(issuer)).json()).toMatchObject({ issuer });
    expect((await platform.operator.get<Domain>('/tenants/globex/domains/kept.example')).status).toBe('pending');
    // When it is given up, the other one gets it, and what acme's tokens say is of no use there.
    expect((await platform.operator.request('DELETE', '/tenants/acme/domains/kept.example')).status).toBe(204);
    expect((await discovery(issuer)).status).toBe(404);
    expect((await verify('globex', 'kept.example')).json()).toMatchObject({ status: 'verified' });
    const keys = async (at: string) => (await send(`${at}/jwks`)).text;
    expect(await keys(issuer)).toBe(await keys(globex.issuer));
  });

  it('is won by one of two tenants that come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const domain = `race-${round}.example`;
      const claims = [await claim('acme', domain), await claim('globex', domain)];
      dns.set('TXT', `_tenantry-challenge.${domain}`, ...claims.map(({ challenge }) => challenge.dns.value));
      const answers = await Promise.all([verify('acme', domain), verify('globex', domain)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });

  it('is looked for by the platform itself', async () => {
    const claimed = await claim('acme', 'later.example');
    publish(claimed);
    await platform.database.query('UPDATE tenant_domains SET next_check_at = now() WHERE domain = $1', [
      'later.example',
    ]);
    await platform.application.nest.get(DomainUpkeep).lookAtDue();
    expect((await discovery(claimed.issuer)).json()).toMatchObject({ issuer: claimed.issuer });
    const [event] = await platform.database.query<{ details: object }>(
      `SELECT details FROM audit_events WHERE type = 'domain.verified' AND target = 'domain:later.example'`,
    );
    expect(event?.details).toEqual({ verified_by: 'dns' });
  });

  it('is not looked for at a private address', async () => {
    await claim('acme', 'private.example');
    dns.set('A', 'private.example', '10.0.0.1');
    const { last_check } = (await verify('acme', 'private.example')).json<{ last_check: object }>();
    expect(last_check).toMatchObject({
      file: { proven: false, detail: expect.stringContaining('no public address') as unknown },
    });
  });
});

describe('a verified domain is a full issuer', () => {
  let issuer: string;
  beforeAll(async () => void (issuer = await give('acme', 'login.acme.example')));

  it('that names itself, and whose other addresses go on', async () => {
    const metadata = (await discovery(issuer)).json();
    expect(issuer).toBe(`http://login.acme.example:${port}`);
    for (const [name, value] of Object.entries(metadata)) {
      if (/_endpoint$|_uri$|^issuer$/.test(name))
        expect([name, value]).toEqual([name, expect.stringMatching(`^${issuer}`)]);
    }
    const rfc8414 = await send(`${issuer}/.well-known/oauth-authorization-server`);
    expect(rfc8414.json()).toMatchObject({ issuer });
    for (const other of [acme.issuer, acme.hostIssuer])
      expect((await discovery(other)).json()).toMatchObject({ issuer: other });
    const tenant = await platform.operator.get<{ issuer: string; addresses: string[] }>('/tenants/acme');
    expect(tenant.issuer).toBe(acme.issuer);
    expect(tenant.addresses).toContain(issuer);
  });

  it('for a whole sign-in with openid-client', async () => {
    const config = await discover(issuer, 'web', acme.secrets.web);
    const tokens = await signIn(config);
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub: acme.aliceId });
    expect(await client.fetchUserInfo(config, tokens.access_token, acme.aliceId)).toMatchObject({
      name: 'Alice Archer',
    });
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.claims()).toMatchObject({ iss: issuer });
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
  });

  it('whose codes and refresh tokens are of no use at another address, and the other way round', async () => {
    for (const [here, there] of [
      [issuer, acme.issuer],
      [acme.hostIssuer, issuer],
    ] as const) {
      const code = await codeAt(here);
      const mixed = await redeem(there, code);
      expect([mixed.status, mixed.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
      const tokens = (await redeem(here, code)).json<{ refresh_token: string; access_token: string }>();
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      expect((await redeem(there, refresh)).json()).toMatchObject({ error: 'invalid_grant' });
      expect((await redeem(here, refresh)).status).toBe(200);
      // An access token is the tenant's, at each of its addresses, and nobody else's.
      const bearer = { authorization: `Bearer ${tokens.access_token}` };
      expect((await send(`${there}/userinfo`, { headers: bearer })).status).toBe(200);
      expect((await send(`${globex.issuer}/userinfo`, { headers: bearer })).status).toBe(401);
    }
  });

  it('whose cookies and forms belong to it', async () => {
    const browser = new TestBrowser();
    const page = await browser.signIn(await browser.open(`${issuer}/account`), 'alice', ALICE_PASSWORD);
    expect(page.status).toBe(200);
    const cookies = browser.cookieHeader(`${issuer}/account`);
    expect(cookies).toMatch(/(^|; )session=/);
    // The cookies of acme's domain, sent to a domain of globex's: nobody is signed in there.
    const other = await give('globex', 'login.globex.example');
    const stolen = await send(`${other}/account`, { headers: { accept: 'text/html', cookie: cookies } });
    expect(stolen.text).not.toContain('Alice Archer');
    const login = await browser.open(`${issuer}/account/profile`);
    const foreign = await browser.request('POST', `${issuer}/account/sign-out`, 'x=1', { origin: acme.hostIssuer });
    expect([login.status, foreign.status]).toEqual([200, expect.any(Number)]);
    expect(foreign.status).toBeGreaterThanOrEqual(400);
  });

  it('where passkeys are made for it alone', async () => {
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${issuer}/account`), 'alice', ALICE_PASSWORD);
    const page = await browser.open(`${issuer}/account/passkeys`);
    expect((await fetchOptions(browser, page)).rp.id).toBe('login.acme.example');
  });

  it('whose tokens manage the tenant, and no other', async () => {
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      '/tenants/acme/clients',
      {
        client_id: 'manager',
        grant_types: ['client_credentials'],
        permissions: [{ api: `${platform.url}/api`, scopes: ['clients:read'] }],
      },
    );
    const form = { grant_type: 'client_credentials' };
    const answer = await postForm(`${issuer}/token`, form, { authorization: basic('manager', secret) });
    const manager = new ManagementClient(platform.url, String(answer.json()['access_token']));
    expect((await manager.request('GET', '/tenants/acme/clients')).status).toBe(200);
    expect((await manager.request('GET', '/tenants/globex/clients')).status).toBe(404);
    // The same claims under the name of another domain are nobody's.
    const [head = '', claims = '', signature = ''] = manager.token.split('.');
    const forged = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
    const elsewhere = Buffer.from(JSON.stringify({ ...forged, iss: 'http://evil.example' })).toString('base64url');
    const other = new ManagementClient(platform.url, [head, elsewhere, signature].join('.'));
    expect((await other.request('GET', '/tenants/acme/clients')).status).toBe(401);
  });

  it('and never serves a tenant by path, or the platform', async () => {
    for (const path of [
      '/t/globex/jwks',
      '/t/acme/jwks',
      '/api/v1/tenants',
      '/api/v1/openapi.json',
      '/tls/ask?domain=x.example',
    ]) {
      expect([path, (await send(`${issuer}${path}`)).status]).toEqual([path, 404]);
    }
  });

  it('by the Host header alone, whatever its case, port and final dot', async () => {
    const at = (headers: Record<string, string>) =>
      send(`${platform.url}/.well-known/openid-configuration`, { headers });
    for (const host of ['LOGIN.Acme.Example', 'login.acme.example.', 'login.acme.example:1']) {
      expect((await at({ host })).json()).toMatchObject({ issuer });
    }
    for (const host of ['evil.example', 'login.acme.example.evil.example', 'xlogin.acme.example']) {
      expect([host, (await at({ host })).status]).toEqual([host, 404]);
      expect(
        (await at({ host, 'x-forwarded-host': 'login.acme.example', forwarded: 'host=login.acme.example' })).status,
      ).toBe(404);
    }
    for (const host of [
      'login.acme.example@evil.example',
      'login.acme.example,evil.example',
      'login.acme.example/..',
    ]) {
      expect([host, (await at({ host })).status]).toEqual([host, 400]);
    }
  });

  it('as primary address in the API and in mails', async () => {
    const path = '/tenants/acme/domains/login.acme.example';
    const stale = await platform.operator.request('PATCH', path, { primary: true }, { 'if-match': '"v1"' });
    expect(stale.status).toBe(412);
    expect((await platform.operator.patch<Domain>(path, { primary: true })).primary).toBe(true);
    expect(await platform.operator.get('/tenants/acme')).toMatchObject({ issuer });
    await platform.operator.patch('/tenants/acme', { policy: { sign_up: 'invitation' } });
    await platform.operator.create('/tenants/acme/invitations', { email: 'ada@acme.example' });
    const { link } = await lastMailTo(platform, acme, 'ada@acme.example');
    expect(new URL(link).origin).toBe(issuer);
    const second = await give('acme', 'second.acme.example');
    await platform.operator.patch('/tenants/acme/domains/second.acme.example', { primary: true });
    expect(await platform.operator.get('/tenants/acme')).toMatchObject({ issuer: second });
    expect((await platform.operator.get<Domain>(path)).primary).toBe(false);
    await platform.operator.patch('/tenants/acme/domains/second.acme.example', { primary: false });
    expect(await platform.operator.get('/tenants/acme')).toMatchObject({ issuer: acme.issuer });
    await claim('acme', 'pending.acme.example');
    const pending = '/tenants/acme/domains/pending.acme.example';
    expect((await platform.operator.request('PATCH', pending, { primary: true }, { 'if-match': '*' })).status).toBe(
      409,
    );
    const ready = await platform.operator.get<{ checks: { name: string; state: string }[] }>('/tenants/acme/readiness');
    expect(ready.checks.find(({ name }) => name === 'addresses')?.state).toBe('ok');
  });

  it('that answers as its tenant does', async () => {
    await platform.operator.patch('/tenants/acme', { status: 'suspended' });
    const suspended = await discovery(issuer);
    const unknown = await discovery(`http://nobody.localhost:${port}`);
    expect([suspended.status, suspended.text]).toEqual([404, unknown.text]);
    await platform.operator.patch('/tenants/acme', { status: 'active' });
    expect((await discovery(issuer)).status).toBe(200);
  });

  it('until its tenant is destroyed, which frees it', async () => {
    await platform.operator.create('/tenants', { slug: 'doomed', display_name: 'Doomed' });
    const own = await give('doomed', 'login.doomed.example');
    await platform.operator.patch('/tenants/doomed', { status: 'suspended' });
    expect((await discovery(own)).status).toBe(404);
    await platform.operator.request('DELETE', '/tenants/doomed?immediately=true');
    expect(await give('globex', 'login.doomed.example')).toBe(own);
    expect((await discovery(own)).json()).toMatchObject({ issuer: own });
  });
});

describe('statements', () => {
  let watch: StatementWatch;
  beforeAll(() => void (watch = new StatementWatch()));
  afterAll(() => watch.restore());

  it('are two for a domain that the process does not know, and none once it does', async () => {
    const issuer = await give('acme', 'cost.acme.example');
    await changesHeard(platform);
    platform.application.nest.get(TenantCaches).missed();
    const first = await watch.during(() => discovery(issuer));
    expect(first.slice(0, 1)).toEqual(['tenants.find_domain_owners']);
    expect(first.filter((text) => / FROM tenants WHERE id = /.test(text))).toHaveLength(1);
    expect(await watch.during(() => discovery(issuer))).toEqual([]);
  });

  it('are one for a host that is nobody’s, and none when it comes again', async () => {
    await changesHeard(platform);
    const ask = () =>
      send(`${platform.url}/t/acme/.well-known/openid-configuration`, { headers: { host: 'balancer.example' } });
    await ask();
    platform.application.nest.get(TenantCaches).missed();
    expect(await watch.during(ask)).toContain('tenants.find_domain_owners');
    expect(await watch.during(ask)).toEqual([]);
    // Health is told at every name, and costs nothing to tell.
    const health = () => send(`${platform.url}/health/live`, { headers: { host: 'other.example' } });
    expect(await watch.during(health)).toEqual([]);
  });
});

describe('who ends TLS in front', () => {
  const ask = (domain: string, headers = {}) =>
    send(`${platform.url}/tls/ask?domain=${encodeURIComponent(domain)}`, { headers });

  it('is told which names are of tenants', async () => {
    await give('acme', 'tls.acme.example');
    await claim('acme', 'tls-pending.acme.example');
    expect((await ask('tls.acme.example')).status).toBe(200);
    expect((await ask('TLS.acme.example.', { host: '127.0.0.1' })).status).toBe(200);
    for (const name of [
      'tls-pending.acme.example',
      'evil.example',
      'localhost',
      'acme.localhost',
      '',
      '127.0.0.1',
      '*',
    ]) {
      expect([name, (await ask(name)).status]).toEqual([name, 404]);
    }
    expect((await send(`${platform.url}/tls/ask`)).status).toBe(404);
    expect((await send(`${platform.url}/tls/ask?domain=a.example&domain=tls.acme.example`)).status).toBe(404);
  });

  it('is slowed when it asks for too many that are of nobody, and still told of the others', async () => {
    let refused = 0;
    for (let round = 0; refused === 0 && round < 50; round += 1) {
      const names = Array.from({ length: 100 }, (_, index) => `n${round}-${index}.evil.example`);
      const answers = await Promise.all(names.map((name) => ask(name)));
      refused = answers.filter(({ status }) => status === 429).length;
    }
    expect(refused).toBeGreaterThan(0);
    // What the process knows is told. Who is slowed asks again, as a proxy does, after somebody was there.
    const askAgain = async () => {
      await send(`${platform.url}/.well-known/openid-configuration`, { headers: { host: 'tls.acme.example' } });
      return (await ask('tls.acme.example')).status;
    };
    let status = await askAgain();
    while (status === 429) status = await askAgain();
    expect(status).toBe(200);
  });
});
