import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { CreatePlatform1764000000000 } from '../../migrations/1764000000000-create-platform.js';
import { FadeSignInAttempts1764100000000 } from '../../migrations/1764100000000-fade-sign-in-attempts.js';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { toRow } from '../../src/audit/audit-row.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { findIsolationFaults } from '../../src/database/isolation-check.js';
import { migrate } from '../../src/database/migrate.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { AuditUpkeep } from '../../src/maintenance/audit-upkeep.js';
import { createTestDatabase } from '../support/database.js';
import { givenPlatform } from '../support/given.js';

const DAY_MS = 86_400_000;

const platform = givenPlatform({ makesUpEvents: true });
let upkeep: AuditUpkeep;
const ids: Record<string, string> = {};

beforeAll(async () => {
  upkeep = platform.application.nest.get(AuditUpkeep);
  for (const [slug, policy] of [
    ['brief', { audit_retention_days: 30 }],
    ['usual', {}],
  ] as const) {
    const tenant = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: slug, policy });
    ids[slug] = tenant.id;
  }
});

/** An event of this tenant, as old as that. */
async function append(slug: string, daysAgo: number): Promise<void> {
  const event = { tenantId: toTenantId(ids[slug] ?? ''), type: 'token.issued', outcome: 'success' } as const;
  const row = toRow({ ...event, target: `age:${daysAgo}` });
  const occurredAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  await platform.application.nest.get(AuditEventsRepository).append([{ ...row, occurred_at: occurredAt }]);
}

const agesOf = async (slug: string) =>
  (
    await platform.database.query<{ target: string }>(
      `SELECT target FROM audit_events WHERE tenant_id = $1 AND target LIKE 'age:%' ORDER BY occurred_at DESC`,
      [ids[slug]],
    )
  ).map(({ target }) => Number(target.slice('age:'.length)));

const partitions = async () =>
  (
    await platform.database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_events'::regclass ORDER BY 1`,
    )
  ).map(({ name }) => name);

const partitionOf = (daysAgo: number) => {
  const month = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 7);
  return `audit_events_${month.replace('-', '_')}`;
};

describe('The audit log', () => {
  it('has partitions for this month and the next two, and one for the rest', async () => {
    await upkeep.prepare();
    const known = await partitions();
    expect(known).toEqual(expect.arrayContaining(['audit_events_default', partitionOf(0)]));
    expect(known.length).toBeGreaterThanOrEqual(4);
  });

  it('takes events of any time, and moves them when their month is made', async () => {
    await append('usual', 4000);
    const inDefault = () => platform.database.query(`SELECT target FROM audit_events_default`);
    expect(await inDefault()).toEqual([{ target: 'age:4000' }]);
    await platform.database.query('SELECT create_audit_partition($1)', [new Date(Date.now() - 4000 * DAY_MS)]);
    expect(await inDefault()).toEqual([]);
    expect(await agesOf('usual')).toEqual([4000]);
    const client = new Client({ connectionString: platform.database.url });
    await client.connect();
    expect(await findIsolationFaults(client)).toEqual([]);
    await client.end();
  });

  it('keeps each tenant’s events for as long as its policy says, and drops whole months', async () => {
    for (const slug of ['brief', 'usual']) for (const age of [10, 29, 31, 300, 800]) await append(slug, age);
    await upkeep.retain();
    expect(await agesOf('brief')).toEqual([10, 29]);
    // What is older than a year goes with its month, or from the partition for the rest.
    expect(await agesOf('usual')).toEqual([10, 29, 31, 300]);
    expect(await partitions()).not.toContain(partitionOf(4000));
    expect(await partitions()).toContain(partitionOf(0));
  });

  it('keeps nothing longer than the platform does', async () => {
    const limited = new AuditUpkeep(
      (upkeep as unknown as { repository: ConstructorParameters<typeof AuditUpkeep>[0] }).repository,
      { ...platform.config, auditRetentionDays: 20 },
    );
    expect(await agesOf('usual')).toContain(300);
    await limited.retain();
    // Those that keep the longest, which are now all tenants, wait for their month to go.
    for (const slug of ['brief', 'usual']) {
      const ages = await agesOf(slug);
      expect(ages).toContain(10);
      expect(Math.max(...ages)).toBeLessThan(20 + 31);
    }
  });

  it.each([6, 3651, 'x'])('has bounds for it: %s days are refused', async (days) => {
    const policy = { audit_retention_days: days };
    const answer = await platform.operator.request('PATCH', '/tenants/usual', { policy }, { 'if-match': '*' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('/policy/audit_retention_days');
  });
});

describe('An older database', () => {
  it('is migrated with the events it has, months and all', async () => {
    const database = await createTestDatabase('template1');
    try {
      const migrations = [CreatePlatform1764000000000, FadeSignInAttempts1764100000000];
      const older = new DataSource({ ...dataSourceOptions({ url: database.url }), migrations });
      await older.initialize();
      await older.runMigrations();
      await older.destroy();
      const tenant = randomUUID();
      for (const time of ['2019-02-28T23:59:59Z', '2026-01-01T00:00:00Z', new Date().toISOString()]) {
        await database.query(
          `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome, details)
           VALUES ($1, gen_random_uuid(), $2, 'token.issued', 'success', '{"a": 1}')`,
          [tenant, time],
        );
      }
      await migrate(database.url);
      await migrate(database.url);
      const rows = await database.query<{ part: string; details: object }>(
        'SELECT tableoid::regclass::text AS part, details FROM audit_events ORDER BY occurred_at',
      );
      expect(rows.map(({ part }) => part)).toEqual(['audit_events_2019_02', 'audit_events_2026_01', partitionOf(0)]);
      expect(rows.map(({ details }) => details)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    } finally {
      await database.drop();
    }
  });
});
