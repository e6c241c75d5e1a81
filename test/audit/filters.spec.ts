import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type AuditFilter, AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { toRow } from '../../src/audit/audit-row.js';
import type { Database } from '../../src/database/database.js';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import { type Statement } from '../../src/database/statement.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import type { ListedEvent } from '../support/audit.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid } from '../support/problems.js';

const USER = randomUUID();
const REQUEST = randomUUID();
const TENANTS = 20;
const EVENTS = 3000;

const platform = givenPlatform({ makesUpEvents: true });
let acme: TenantId;
let globex: TenantId;

beforeAll(async () => {
  const tenants = [];
  for (const slug of ['acme', 'globex']) {
    const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: slug });
    tenants.push(toTenantId(id));
  }
  [acme, globex] = tenants as [TenantId, TenantId];
  const special = { userId: USER, clientId: 'rare', target: 'special', details: {} };
  const origin = { requestId: REQUEST, address: '203.0.113.7' };
  const rows = [acme, globex].map((tenantId) =>
    toRow({ ...special, tenantId, origin, type: 'token.refused', outcome: 'failure' }),
  );
  await platform.application.nest.get(AuditEventsRepository).append(rows);
});

const list = async (query: string) =>
  (await platform.operator.get<{ data: ListedEvent[] }>(`/tenants/acme/audit-events?${query}`)).data;

describe('GET /audit-events', () => {
  it.each([
    `user_id=${USER}`,
    `user_id=${USER.toUpperCase()}`,
    'client_id=rare',
    'outcome=failure',
    'type=token.refused',
    `request_id=${REQUEST}`,
    'address=203.0.113.7',
    `user_id=${USER}&client_id=rare&outcome=failure&type=token.refused&request_id=${REQUEST}&address=203.0.113.7`,
  ])('shows what fits ?%s, of this tenant alone', async (query) => {
    expect(await list(query)).toMatchObject([{ target: 'special', user_id: USER }]);
  });

  it.each([
    'client_id=common',
    'address=198.51.100.1',
    `user_id=${randomUUID()}`,
    'outcome=failure&type=tenant.created',
  ])('shows nothing for ?%s', async (query) => {
    expect(await list(query)).toEqual([]);
  });

  it('shows a span of time, from its beginning and without its end', async () => {
    const [{ occurred_at: at } = { occurred_at: '' }] = await list('type=token.refused');
    const later = new Date(Date.parse(at) + 1).toISOString();
    const earlier = new Date(Date.parse(at) - 60_000).toISOString();
    const only = 'type=token.refused';
    expect(await list(`${only}&since=${at}`)).toHaveLength(1);
    expect(await list(`${only}&since=${later}`)).toHaveLength(0);
    expect(await list(`${only}&until=${at}`)).toHaveLength(0);
    expect(await list(`${only}&since=${earlier}&until=${later}`)).toHaveLength(1);
    expect(await list(`${only}&since=${encodeURIComponent('2020-01-01T00:00:00+02:00')}`)).toHaveLength(1);
  });

  it.each([
    ['user_id', 'alice'],
    ['user_id', '%00'],
    ['client_id', '%C3%A4'],
    ['client_id', 'x'.repeat(201)],
    ['outcome', 'maybe'],
    ['request_id', '1'],
    ['address', 'localhost'],
    ['since', 'yesterday'],
    ['since', '2026-01-01'],
    ['since', '2026-02-30T00:00:00Z'],
    ['until', '2026-01-01T00:00:00'],
    ['until', '999999-01-01T00:00:00Z'],
    ['until', '2026-W01-1T00:00Z'],
    ['until', '2026-01-01T23:59:60Z'],
    ['until', '2026-01-01T00:00:00%2B99:99'],
    ['until', '2026-01-01T12:00:00,5Z'],
    ['until', ''],
  ])('refuses ?%s=%s', async (name, value) => {
    expectInvalid(await platform.operator.request('GET', `/tenants/acme/audit-events?${name}=${value}`), name);
  });

  it('takes a time long before and long after the log', async () => {
    expect(await list('since=1900-01-01T00:00:00Z&until=9999-12-31T23:59:59Z&type=token.refused')).toHaveLength(1);
    expect(await list('until=1960-01-01T00:00:00Z')).toEqual([]);
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

describe('Among many events of many tenants', () => {
  let serving: Client;

  beforeAll(async () => {
    // Of the last hour, one millisecond after the other, so that ids tell the time.
    await platform.database.query(
      `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome, user_id, client_id, address, request_id)
       SELECT CASE t WHEN 0 THEN $1 ELSE gen_random_uuid() END, (
                lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' ||
                substr(md5(t || '/' || n), 1, 16))::uuid,
              at, 'type.' || n % 10, CASE n % 50 WHEN 0 THEN 'failure' ELSE 'success' END, md5('u' || n % 100)::uuid,
              'client-' || n % 20, '192.0.2.' || n % 200, md5('r' || t || '/' || n)::uuid::text
         FROM (SELECT t, n, date_trunc('milliseconds', now()) - make_interval(secs => n) AS at
                 FROM generate_series(0, ${TENANTS - 1}) t, generate_series(0, ${EVENTS - 1}) n) made`,
      [acme],
    );
    await platform.database.query('ANALYZE audit_events');
    serving = new Client({ connectionString: platform.database.url });
    await serving.connect();
    await serving.query(`SET ROLE ${RUNTIME_ROLE}`);
  });
  afterAll(() => serving.end());

  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it.each<[string, AuditFilter]>([
    ['nothing', {}],
    ['the user', { userId: USER }],
    ['the client', { clientId: 'client-7' }],
    ['the outcome', { outcome: 'failure' }],
    ['the type', { type: 'type.3' }],
    ['a type that never occurs', { type: 'never.seen' }],
    ['the request', { requestId: REQUEST }],
    ['the address', { address: '192.0.2.77' }],
    ['the beginning', { since: minutesAgo(10) }],
    ['the end', { until: minutesAgo(40) }],
    ['a span', { since: minutesAgo(30), until: minutesAgo(20) }],
    ['a type in a span', { type: 'type.3', since: minutesAgo(30), until: minutesAgo(20) }],
  ])('an index finds those by %s', async (_, filter) => {
    const { statement, values } = await statementFor({ ...filter, limit: 51 });
    await serving.query('BEGIN');
    await serving.query(`SET LOCAL app.tenant_id = '${acme}'`);
    // Prepared statements come to be planned without their values.
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      await serving.query(`SET LOCAL plan_cache_mode = ${mode}`);
      const { rows } = await serving.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
        [...values],
      );
      const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0].Plan);
      const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && read(node) > 0);
      expect(scanned).toEqual([]);
      const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
      // The page itself from each partition, and a second of slack at both ends of a span.
      expect(scans.reduce((sum, node) => sum + read(node), 0)).toBeLessThan(300);
    }
    await serving.query('ROLLBACK');
  });
});

/** Rows that a node looked at. */
function read(node: PlanNode): number {
  return node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
}

function nodesOf(node: PlanNode | undefined): PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(nodesOf)] : [];
}

/** What the repository would send. */
async function statementFor(page: Parameters<AuditEventsRepository['list']>[1]) {
  let sent: { statement: Statement; values: readonly unknown[] } | undefined;
  const database = {
    query: async (_: TenantId, statement: Statement, values: readonly unknown[]) => {
      sent = { statement, values };
      return [];
    },
  } as unknown as Database;
  await new AuditEventsRepository(database).list(acme, page);
  if (!sent) throw new Error('Nothing was sent.');
  return sent;
}
