import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainProofs } from '../../src/domains/domain-proofs.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { DomainStandings } from '../../src/domains/domain-standings.service.js';
import { DomainsService } from '../../src/domains/domains.service.js';
import { DomainProofUpkeep } from '../../src/maintenance/domain-proof-upkeep.js';
import { askToken, codeAt } from './code-at.js';
import { type ListedEvent, eventsOf } from '../support/audit.js';
import { changesHeard } from '../support/changes-heard.js';
import { DnsServer } from '../support/dns-server.js';
import { send } from '../support/http.js';
import { mailsTo } from '../support/mails.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

interface Domain {
  readonly domain: string;
  readonly status: string;
  readonly issuer: string;
  readonly primary: boolean;
  readonly challenge: { readonly dns: { readonly name: string; readonly value: string } };
  readonly proven_at: string;
  readonly next_check_at: string;
  readonly failing_since: string | null;
  readonly lapses_at: string | null;
  readonly lapsed_at: string | null;
  readonly fault: string | null;
}

const OWNERS = [
  { username: 'ada', locale: 'en', email: 'ada@acme.test' },
  { username: 'bernd', locale: 'de', email: 'bernd@acme.test' },
];
const PROOFS = ['domain.proof_missing', 'domain.proof_restored', 'domain.lapsed'];

let dns: DnsServer;
let platform: Platform;
let second: Platform;
let acme: TenantFixture;

beforeAll(async () => {
  dns = await DnsServer.start();
  platform = await startPlatform({ config: { domainResolvers: [dns.address] } });
  second = await startPlatform({ beside: platform });
  acme = await createTenant(platform, 'acme', { mail_recipient_hourly_limit: 100 });
  await createTenant(platform, 'globex');
  for (const { locale, ...owner } of OWNERS) {
    const user = { ...owner, email_verified: true, tenant_admin: true, locale };
    await platform.operator.create('/tenants/acme/users', user);
  }
  const webhook = { url: 'https://hooks.acme.example/in', event_types: PROOFS };
  await platform.operator.create('/tenants/acme/webhooks', webhook);
});
afterAll(async () => {
  await second.stop();
  await platform.stop();
  await dns.stop();
});
afterEach(() => void (dns.isDown = false));

const at = (domain: string, slug = 'acme') => `/tenants/${slug}/domains/${domain}`;
const shown = (domain: string, slug?: string) => platform.operator.get<Domain>(at(domain, slug));
const verify = (domain: string, slug?: string) => platform.operator.request('POST', `${at(domain, slug)}/verify`);
const discovery = async (issuer: string) => (await send(`${issuer}/.well-known/openid-configuration`)).status;
const prove = (process = platform) => process.application.nest.get(DomainProofUpkeep).proveDue();
const record = ({ challenge }: Domain) => dns.set('TXT', challenge.dns.name, challenge.dns.value);

/** A verified domain. */
async function given(domain: string, slug = 'acme'): Promise<Domain> {
  const claimed = await platform.operator.create<Domain>(`/tenants/${slug}/domains`, { domain });
  record(claimed);
  expect((await verify(domain, slug)).json()).toMatchObject({ status: 'verified' });
  return claimed;
}

/** Its time has come. */
async function due(...domains: string[]): Promise<void> {
  await platform.database.query('UPDATE tenant_domains SET next_proof_at = now() WHERE domain = ANY ($1)', [domains]);
}

/** As if so many hours had passed since. */
async function later(domain: string, hours: number): Promise<void> {
  await platform.database.query(
    `UPDATE tenant_domains SET next_proof_at = now(), failing_since = failing_since - $2 * interval '1 hour',
            lapses_at = lapses_at - $2 * interval '1 hour', warned_at = warned_at - $2 * interval '1 hour'
      WHERE domain = $1`,
    [domain, hours],
  );
}

async function proofEvents(work: () => Promise<unknown>, slug = 'acme'): Promise<ListedEvent[]> {
  return (await eventsOf(platform.operator, slug, work)).filter(({ type }) => type.startsWith('domain.'));
}

/** Which mails about the domain each owner got: the kind, with the language. */
async function mailed(domain: string): Promise<string[][]> {
  const all = await Promise.all(OWNERS.map(({ email }) => mailsTo(platform, acme, email)));
  return all.map((mails) =>
    mails
      .filter(({ template, values }) => template === 'domain_proof' && values['domain'] === domain)
      .map(({ locale, values }) => `${locale} ${String(values['kind'])}`),
  );
}

describe('a verified domain is proven again', () => {
  it('by the platform, about a day later, and nothing changes', async () => {
    const { issuer, challenge } = await given('kept.example');
    const hours = (Date.parse((await shown('kept.example')).next_check_at) - Date.now()) / 3_600_000;
    expect([hours > 11.9, hours < 36.1]).toEqual([true, true]);
    await prove();
    const before = await shown('kept.example');
    await due('kept.example');
    dns.asked.length = 0;
    expect(await proofEvents(() => prove())).toEqual([]);
    expect(dns.asked).toEqual([`TXT ${challenge.dns.name}`]);
    const after = await shown('kept.example');
    expect(after).toMatchObject({ status: 'verified', failing_since: null, fault: null });
    expect(Date.parse(after.proven_at)).toBeGreaterThan(Date.parse(before.proven_at));
    expect(Date.parse(after.next_check_at)).toBeGreaterThan(Date.now() + 11 * 3_600_000);
    expect(await discovery(issuer)).toBe(200);
  });

  it('at once when an older program has verified it', async () => {
    const { challenge } = await given('older.example');
    await platform.database.query(
      "UPDATE tenant_domains SET next_proof_at = NULL, proven_at = NULL WHERE domain = 'older.example'",
    );
    dns.asked.length = 0;
    await prove();
    expect(dns.asked).toEqual([`TXT ${challenge.dns.name}`]);
  });

  it('by one process when several look', async () => {
    const names = Array.from({ length: 12 }, (_, number) => `shared-${number}.example`);
    for (const name of names) await given(name, 'globex');
    await due(...names);
    dns.asked.length = 0;
    await Promise.all([prove(), prove(second), prove(), prove(second)]);
    expect(dns.asked.sort()).toEqual(names.map((name) => `TXT _tenantry-challenge.${name}`).sort());
  });

  it('not while its tenant is suspended', async () => {
    await platform.operator.create('/tenants', { slug: 'away', display_name: 'Away' });
    const claimed = await given('away.example', 'away');
    await platform.operator.patch('/tenants/away', { status: 'suspended' });
    dns.remove('TXT', claimed.challenge.dns.name);
    await due('away.example');
    dns.asked.length = 0;
    await prove();
    expect(dns.asked).toEqual([]);
    expect(Date.parse((await shown('away.example', 'away')).next_check_at)).toBeGreaterThan(Date.now());
    await platform.operator.patch('/tenants/away', { status: 'active' });
    await due('away.example');
    await prove();
    expect(await shown('away.example', 'away')).toMatchObject({ status: 'verified', lapsed_at: null });
    expect((await shown('away.example', 'away')).failing_since).not.toBeNull();
  });
});

describe('a proof that is missing', () => {
  it('leaves a week, which the owners and the log are told of, and the domain goes on', async () => {
    const { issuer, challenge } = await given('missing.example');
    dns.set('TXT', challenge.dns.name, 'sold');
    await due('missing.example');
    const events = await proofEvents(() => prove());
    const fault = expect.stringContaining('none is the expected one') as unknown;
    expect(events).toMatchObject([
      { type: 'domain.proof_missing', actor: 'system', target: 'domain:missing.example', details: { reason: fault } },
    ]);
    const domain = await shown('missing.example');
    expect(domain).toMatchObject({ status: 'verified', fault });
    expect(Date.parse(domain.lapses_at ?? '') - Date.parse(domain.failing_since ?? '')).toBe(7 * 86_400_000);
    expect(await discovery(issuer)).toBe(200);
    expect(await mailed('missing.example')).toEqual([['en failing'], ['de failing']]);
    const [delivery] = await platform.database.query<{ count: string }>(
      'SELECT count(*) FROM webhook_deliveries WHERE id = $1',
      [events[0]?.id],
    );
    expect(delivery?.count).toBe('1');
    const { checks } = await platform.operator.get<{ checks: { name: string }[] }>('/tenants/acme/readiness');
    expect(checks.find(({ name }) => name === 'addresses')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('missing.example, which goes on until') as unknown,
    });
    // It is looked for every hour, and nobody is told again.
    expect(Date.parse(domain.next_check_at)).toBeLessThan(Date.now() + 3_700_000);
    await later('missing.example', 5);
    expect(await proofEvents(() => prove())).toEqual([]);
    expect((await mailed('missing.example')).flat()).toHaveLength(2);
  });

  it('that comes back restores the domain', async () => {
    const claimed = await given('back.example');
    dns.remove('TXT', claimed.challenge.dns.name);
    await due('back.example');
    await prove();
    record(claimed);
    await later('back.example', 24);
    expect(await proofEvents(() => prove())).toMatchObject([
      { type: 'domain.proof_restored', actor: 'system', details: { verified_by: 'dns' } },
    ]);
    expect(await shown('back.example')).toMatchObject({
      status: 'verified',
      failing_since: null,
      lapses_at: null,
      fault: null,
    });
  });

  it('is not one when no name server answers, however long', async () => {
    const { issuer, challenge } = await given('outage.example');
    dns.isDown = true;
    await due('outage.example');
    expect(await proofEvents(() => prove())).toEqual([]);
    expect(await shown('outage.example')).toMatchObject({ status: 'verified', failing_since: null });
    dns.isDown = false;
    dns.remove('TXT', challenge.dns.name);
    await due('outage.example');
    await prove();
    await later('outage.example', 6.5 * 24);
    await prove();
    dns.isDown = true;
    await later('outage.example', 30 * 24);
    expect(await proofEvents(() => prove())).toEqual([]);
    expect((await verify('outage.example')).json()).toMatchObject({ status: 'verified' });
    expect(await discovery(issuer)).toBe(200);
  });

  it('is told an administrator who asks, and is theirs in the log', async () => {
    const claimed = await given('asked.example');
    const ask = async () => (await verify('asked.example')).json<Domain>();
    expect(await proofEvents(ask)).toMatchObject([{ type: 'domain.checked', actor: 'client:operator@system' }]);
    dns.remove('TXT', claimed.challenge.dns.name);
    const [event] = await proofEvents(ask);
    expect(event).toMatchObject({
      type: 'domain.proof_missing',
      actor: 'client:operator@system',
      details: {
        reason: expect.stringContaining('does not exist') as unknown,
        before: { failing_since: null },
        after: { failing_since: expect.any(String) as unknown },
      },
    });
    expect((await ask()).lapses_at).toBe((await shown('asked.example')).lapses_at);
    record(claimed);
    expect(await proofEvents(ask)).toMatchObject([{ type: 'domain.proof_restored' }]);
    expect((await mailed('asked.example')).flat()).toHaveLength(2);
    expect((await verify('asked.example', 'globex')).status).toBe(404);
  });
});

describe('a domain whose proof is missing for too long', () => {
  it('is no address of the tenant any more, on any process, and free for others', async () => {
    const { issuer, challenge } = await given('sold.example');
    await platform.operator.patch(at('sold.example'), { primary: true });
    const tokens = (await askToken(issuer, acme, await codeAt(issuer))).json<Record<string, string>>();
    const here = () =>
      Promise.all(
        [platform, second].map(
          async ({ url }) =>
            (await send(`${url}/.well-known/openid-configuration`, { headers: { host: 'sold.example' } })).status,
        ),
      );
    expect(await here()).toEqual([200, 200]);

    dns.remove('TXT', challenge.dns.name);
    await due('sold.example');
    await prove();
    await later('sold.example', 6.2 * 24);
    expect(await proofEvents(() => prove())).toEqual([]);
    expect(await mailed('sold.example')).toEqual([
      ['en failing', 'en ending'],
      ['de failing', 'de ending'],
    ]);
    await later('sold.example', 20);
    await prove();
    expect(await here()).toEqual([200, 200]);
    await later('sold.example', 5);
    expect(await proofEvents(() => prove(second))).toMatchObject([
      {
        type: 'domain.lapsed',
        actor: 'system',
        details: {
          reason: expect.stringContaining('does not exist') as unknown,
          failing_since: expect.any(String) as unknown,
        },
      },
    ]);
    await changesHeard(platform);
    expect(await here()).toEqual([404, 404]);
    expect((await mailed('sold.example')).map((mails) => mails.at(-1))).toEqual(['en lapsed', 'de lapsed']);
    expect((await send(`${platform.url}/tls/ask?domain=sold.example`)).status).toBe(404);
    expect(await shown('sold.example')).toMatchObject({
      status: 'pending',
      primary: false,
      fault: expect.stringContaining('does not exist') as unknown,
      lapsed_at: expect.any(String) as unknown,
      failing_since: null,
      lapses_at: null,
    });
    expect(await platform.operator.get('/tenants/acme')).toMatchObject({ issuer: acme.issuer });
    // What was issued there counts nowhere.
    const bearer = { authorization: `Bearer ${tokens['access_token']}` };
    expect((await send(`${acme.issuer}/userinfo`, { headers: bearer })).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' };
    expect((await askToken(acme.issuer, acme, refresh)).json()).toMatchObject({ error: 'invalid_grant' });

    // Whoever holds it now gets it, and nobody takes it back by the old record alone.
    const ofGlobex = await given('sold.example', 'globex');
    expect(await here()).toEqual([200, 200]);
    dns.set('TXT', challenge.dns.name, challenge.dns.value, ofGlobex.challenge.dns.value);
    const late = await verify('sold.example');
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('another tenant')]);
  });

  it('is verified again by its old claim when the proof is back first', async () => {
    const claimed = await given('regained.example');
    dns.remove('TXT', claimed.challenge.dns.name);
    await due('regained.example');
    await prove();
    await later('regained.example', 6.5 * 24);
    await prove();
    await later('regained.example', 25);
    await prove();
    expect(await shown('regained.example')).toMatchObject({ status: 'pending' });
    record(claimed);
    expect((await verify('regained.example')).json()).toMatchObject({
      status: 'verified',
      lapsed_at: null,
      fault: null,
    });
    expect(await discovery(claimed.issuer)).toBe(200);
  });

  it('is told a day before in any case', async () => {
    const { issuer, challenge } = await given('unaware.example');
    dns.remove('TXT', challenge.dns.name);
    await due('unaware.example');
    await prove();
    // The platform stood still for a month.
    await later('unaware.example', 30 * 24);
    await prove();
    expect(await discovery(issuer)).toBe(200);
    expect((await mailed('unaware.example')).map((mails) => mails.at(-1))).toEqual(['en ending', 'de ending']);
    const { lapses_at: end } = await shown('unaware.example');
    expect(Date.parse(end ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it('and is deleted in that moment, is gone', async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = `raced-${round}.example`;
      const { issuer, challenge } = await given(name);
      dns.remove('TXT', challenge.dns.name);
      await due(name);
      await prove();
      await later(name, 7 * 24);
      await platform.database.query(
        "UPDATE tenant_domains SET warned_at = now() - interval '1 day' WHERE domain = $1",
        [name],
      );
      const [deleted] = await Promise.all([platform.operator.request('DELETE', at(name)), prove(), prove(second)]);
      expect([name, deleted?.status]).toEqual([name, 204]);
      expect((await platform.operator.request('GET', at(name))).status).toBe(404);
      expect(await platform.database.query('SELECT FROM verified_domains WHERE domain = $1', [name])).toEqual([]);
      expect(await discovery(issuer)).toBe(404);
    }
  });

  it('is not judged by what was found before it was changed', async () => {
    const { domain } = await given('anew.example');
    const { nest } = platform.application;
    const tenantId = toTenantId(acme.id);
    const known = await nest.get(DomainsService).find(tenantId, domain);
    if (!known) throw new Error('It was made.');
    await verify(domain);
    const absent = { dns: { proven: false, conclusive: true, found: [], detail: 'It was not there yet.' } };
    expect(await nest.get(DomainStandings).keep(tenantId, known, absent)).toBeUndefined();
    expect(await shown(domain)).toMatchObject({ status: 'verified', failing_since: null });
  });
});

describe('domains that are due', () => {
  it('are found by their index, however many there are', async () => {
    const { database } = platform;
    await database.query(
      `INSERT INTO tenant_domains (tenant_id, domain, token, verified_at, verified_by, proven_at, next_proof_at)
       SELECT $1, 'many-' || n || '.example', 'none', now(), 'dns', now(), now() + n * interval '1 second' + interval '1 hour'
         FROM generate_series(1, 3000) n`,
      [acme.id],
    );
    await database.query('ANALYZE tenant_domains');
    const plan = await database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT domain FROM tenant_domains
        WHERE verified_at IS NOT NULL AND coalesce(next_proof_at, verified_at) <= now()
        ORDER BY coalesce(next_proof_at, verified_at) LIMIT 10 FOR UPDATE SKIP LOCKED`,
    );
    await database.query("DELETE FROM tenant_domains WHERE domain LIKE 'many-%'");
    const steps = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(steps).toContain('Index Scan using tenant_domains_to_prove');
    expect(steps).not.toContain('Sort');
  });
});

describe('the file at a verified domain', () => {
  const fileAt = (address: string) => send(`${address}/.well-known/tenantry-challenge.txt`);

  it('is served by the platform, and nowhere else', async () => {
    const { issuer, challenge } = await given('served.example');
    const file = await fileAt(issuer);
    expect([file.status, file.text, file.headers['content-type']]).toEqual([
      200,
      `${challenge.dns.value}\n`,
      'text/plain; charset=utf-8',
    ]);
    for (const address of [platform.url, acme.issuer, acme.hostIssuer])
      expect((await fileAt(address)).status).toBe(404);
    const pending = await platform.operator.create<Domain>('/tenants/globex/domains', { domain: 'unproven.example' });
    expect((await fileAt(pending.issuer)).status).toBe(404);
    // A cache that has not heard yet shows nothing.
    await platform.database.query("UPDATE tenant_domains SET verified_at = NULL WHERE domain = 'served.example'");
    expect((await fileAt(issuer)).status).toBe(404);
  });

  it('keeps a domain proven that leads here, without a record', async () => {
    const { issuer, challenge } = await given('leads-here.example');
    dns.remove('TXT', challenge.dns.name);
    dns.set('A', 'leads-here.example', '127.0.0.1');
    const proofs = platform.application.nest.get(DomainProofs, { strict: false });
    // There is no proxy in front that would listen on the usual ports.
    Object.assign(proofs, { ports: { https: 1, http: Number(new URL(platform.url).port) } });
    await due('leads-here.example');
    expect(await proofEvents(() => prove())).toEqual([]);
    expect(await shown('leads-here.example')).toMatchObject({ verified_by: 'file', failing_since: null });
    // It leads elsewhere.
    Object.assign(proofs, { ports: { https: 1, http: 2 } });
    dns.remove('A', 'leads-here.example');
    await due('leads-here.example');
    expect(await proofEvents(() => prove())).toMatchObject([{ type: 'domain.proof_missing' }]);
    expect(await discovery(issuer)).toBe(200);
  });
});
