import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { toRow } from '../../src/audit/audit-row.js';
import { UnsealedLogs } from '../../src/audit/unsealed-logs.js';
import { AuditSealer } from '../../src/audit-chain/audit-sealer.js';
import type { AuditEventType } from '../../src/audit/catalogue/event-catalogue.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { TestBrowser } from '../support/browser.js';
import { basic, postForm } from '../support/http.js';
import { expectInvalid } from '../support/problems.js';
import { authorizeUrl, clientCredentials, getTokens } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

const NAMES = ['sign_ins', 'failed_sign_ins', 'new_users', 'issued_tokens', 'refused_tokens', 'mails'] as const;
type Counts = Readonly<Record<(typeof NAMES)[number], number>>;

interface Usage {
  readonly from: string;
  readonly to: string;
  readonly total: Counts;
  readonly data: readonly (Counts & { readonly day: string })[];
}

const usageOf = (slug: string, query = '') => platform.operator.get<Usage>(`/tenants/${slug}/usage${query}`);
const ask = (query: string) => platform.operator.request('GET', `/tenants/acme/usage?${query}`);

/** What `work` adds to the use of a tenant. Days may turn meanwhile; the sum of two does not. */
async function addedBy(slug: string, work: () => Promise<unknown>): Promise<Counts> {
  const { total: before } = await usageOf(slug);
  await work();
  const { total: after } = await usageOf(slug);
  return Object.fromEntries(NAMES.map((name) => [name, after[name] - before[name]])) as Counts;
}

const NONE: Counts = {
  sign_ins: 0,
  failed_sign_ins: 0,
  new_users: 0,
  issued_tokens: 0,
  refused_tokens: 0,
  mails: 0,
};

/** In the log of acme, as if it had happened then. */
async function record(type: AuditEventType, occurredAt: string, times: number): Promise<void> {
  const row = toRow({ tenantId: toTenantId(acme.id), type, outcome: 'success' });
  const rows = Array.from({ length: times }, () => ({ ...row, id: idAt(occurredAt), occurred_at: occurredAt }));
  const { nest } = platform.application;
  await nest.get(AuditEventsRepository).append(rows);
  nest.get(UnsealedLogs).add(rows);
  // The first may be a round that had begun before.
  for (let round = 0; round < 2; round += 1) await nest.get(AuditSealer).sealAll();
}

/** A UUID of version 7, as the ids of events are: it tells the time. */
function idAt(moment: string): string {
  const hex = Date.parse(moment).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

describe('GET /usage', () => {
  it('has what people did, once and at once', async () => {
    const signIn = async (password: string) => {
      const browser = new TestBrowser();
      const page = await browser.open(authorizeUrl(acme.issuer, { client_id: 'legacy' }));
      await browser.signIn(page, 'alice', password);
    };
    expect(await addedBy('acme', () => signIn('wrong'))).toEqual({ ...NONE, failed_sign_ins: 1 });
    expect(await addedBy('acme', () => signIn('correct horse battery staple'))).toEqual({ ...NONE, sign_ins: 1 });
    const create = () => platform.operator.create('/tenants/acme/users', { username: 'zoe' });
    expect(await addedBy('acme', create)).toEqual({ ...NONE, new_users: 1 });
    expect(await addedBy('acme', () => getTokens(acme))).toEqual({ ...NONE, sign_ins: 1, issued_tokens: 1 });
  });

  it('has what clients got and were refused', async () => {
    const redeemWith = (secret: string) =>
      postForm(
        `${acme.issuer}/token`,
        { grant_type: 'client_credentials' },
        { authorization: basic('machine', secret) },
      );
    const ofClients = () =>
      addedBy('acme', async () => {
        expect((await clientCredentials(acme, { scope: 'orders:read' })).status).toBe(200);
        expect((await clientCredentials(acme, { scope: 'unknown' })).status).toBe(400);
        expect((await redeemWith('wrong')).status).toBe(401);
      });
    expect(await ofClients()).toEqual({ ...NONE, issued_tokens: 1, refused_tokens: 2 });
  });

  it('has nothing of another tenant', async () => {
    expect(await addedBy('globex', () => getTokens(acme))).toEqual(NONE);
    expect(await addedBy('acme', () => getTokens(globex))).toEqual(NONE);
  });

  it('has each of thirty days until today, and their sum', async () => {
    const { from, to, data, total } = await usageOf('acme');
    expect(data).toHaveLength(30);
    expect([data[0]?.day, data.at(-1)?.day]).toEqual([from, to]);
    expect(Date.now() - Date.parse(to)).toBeLessThan(2 * 86_400_000);
    expect(data.map(({ day }) => day)).toEqual(data.map(({ day }) => day).toSorted());
    for (const name of NAMES) expect(data.reduce((sum, day) => sum + day[name], 0)).toBe(total[name]);
    expect(total.sign_ins).toBeGreaterThan(0);
  });

  it('has the days that are asked for, by when an event happened', async () => {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await record('mail.sent', `${day}T23:59:59.999Z`, 3);
    const { data } = await usageOf('acme', `?from=${day}&to=${day}`);
    expect(data).toEqual([{ ...NONE, day, mails: 3 }]);
  });

  it('goes back as far as days are kept, over the ends of months and leap days', async () => {
    const { data } = await usageOf('acme', '?from=2024-02-28&to=2024-03-01');
    expect(data.map(({ day }) => day)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect((await usageOf('acme', '?from=2025-01-01&to=2026-02-04')).data).toHaveLength(400);
    expectInvalid(await ask('from=2025-01-01&to=2026-02-05'), 'from');
  });

  it('says which day is wrong', async () => {
    expectInvalid(await ask('from=2026-02-02&to=2026-02-01'), 'from');
    for (const wrong of [
      '2026-02-30',
      '2026-2-1',
      'today',
      '2026-02-01T00:00:00Z',
      '',
      '99999-01-01',
      '0000-01-01',
      '0001-01-05',
    ]) {
      expectInvalid(await ask(`to=${wrong}`), 'to');
    }
    expectInvalid(await ask('until=2026-02-01'), 'until');
    expectInvalid(await ask('from=2026-02-01&from=2026-02-02'), 'from');
  });

  it('is kept for 400 days', async () => {
    const { database } = platform;
    await database.query(
      `INSERT INTO daily_usage (tenant_id, day, expires_at)
       VALUES ($1, '2020-01-01', now() - interval '2 days'), ($1, '2020-01-02', now() + interval '1 hour')`,
      [acme.id],
    );
    await database.query(`SELECT sweep_expired('daily_usage', 100)`);
    const left = await database.query(`SELECT day::text FROM daily_usage WHERE tenant_id = $1 AND day < '2021-01-01'`, [
      acme.id,
    ]);
    expect(left).toEqual([{ day: '2020-01-02' }]);
    const [sign] = await database.query<{ kept: number }>(
      `SELECT extract(day FROM max(expires_at - day))::int AS kept FROM daily_usage WHERE sign_ins > 0`,
    );
    expect(sign?.kept).toBe(400);
  });
});
