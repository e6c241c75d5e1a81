import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchSize } from '../../src/maintenance/batch-size.js';
import { Sweeper } from '../../src/maintenance/sweeper.js';
import type { UpkeepRepository } from '../../src/maintenance/upkeep.repository.js';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import { type Pair, startPair } from '../support/pair.js';

let platform: Pair;
let tenants: string[];

beforeAll(async () => {
  platform = await startPair();
  tenants = [];
  for (const slug of ['acme', 'globex']) {
    const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: slug });
    tenants.push(id);
  }
});
beforeEach(() => platform.database.query('DELETE FROM revoked_access_tokens'));
afterAll(() => platform.stop());

/** Rows of each tenant that expired so many hours ago. */
async function insert(table: 'revoked_access_tokens' | 'sign_in_attempts', count: number, hoursAgo: number) {
  const columns =
    table === 'revoked_access_tokens'
      ? 'tenant_id, jti, expires_at'
      : 'tenant_id, bucket, failures, allowance, expires_at';
  const values = table === 'revoked_access_tokens' ? 'gen_random_uuid()' : `decode(md5(random()::text), 'hex'), 1, 1`;
  await platform.database.query(
    `INSERT INTO ${table} (${columns}) SELECT tenant::uuid, ${values}, now() - make_interval(hours => $2)
       FROM unnest($1::text[]) tenant, generate_series(1, $3)`,
    [tenants, hoursAgo, count],
  );
}

const left = async (table: string) =>
  (await platform.database.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`))[0]?.rows;

describe('The sweeper', () => {
  it('removes what expired more than a day ago, of every table and tenant, and nothing else', async () => {
    await insert('revoked_access_tokens', 3000, 25);
    await insert('revoked_access_tokens', 10, 23);
    await insert('revoked_access_tokens', 10, -1);
    await insert('sign_in_attempts', 1500, 25);
    const sweeper = platform.application.nest.get(Sweeper);
    const before = sweeper.removed;
    expect(await sweeper.sweep()).toBe(9000);
    expect([sweeper.removed - before, sweeper.hasBacklog]).toEqual([9000, false]);
    expect(await left('revoked_access_tokens')).toBe(40);
    expect(await left('sign_in_attempts')).toBe(0);
  });

  it('shares the work with another process, each row removed by one of them', async () => {
    await insert('revoked_access_tokens', 5000, 25);
    const sweepers = [platform, platform.second].map(({ application }) => application.nest.get(Sweeper));
    const removed = await Promise.all(sweepers.map((sweeper) => sweeper.sweep()));
    // What the last batch of the one held when the other looked may be left for the next round.
    const rest = await sweepers[0]?.sweep();
    expect(removed.reduce((sum, count) => sum + count, rest ?? 0)).toBe(10_000);
    expect(await left('revoked_access_tokens')).toBe(0);
  });

  it('sweeps a new table as soon as it has the policy, and no table without', async () => {
    await platform.database.query(
      `CREATE TABLE cards (tenant_id uuid, expires_at timestamptz);
       CREATE POLICY sweep ON cards TO CURRENT_USER USING (expires_at < now() - interval '1 day')`,
    );
    await platform.database.query(`INSERT INTO cards VALUES ($1, now() - interval '2 days')`, [tenants[0]]);
    expect(await platform.application.nest.get(Sweeper).sweep()).toBe(1);
    await platform.database.query('DROP TABLE cards');
    for (const table of ['clients', 'cards', 'users; DROP TABLE users']) {
      await expect(platform.database.query('SELECT sweep_expired($1, 10)', [table])).rejects.toThrow('Nothing expires');
    }
  });

  it('is all that serving may remove without naming a tenant', async () => {
    await insert('revoked_access_tokens', 1, 25);
    await platform.database.query('BEGIN');
    await platform.database.query(`SET LOCAL ROLE ${RUNTIME_ROLE}`);
    await platform.database.query(`DELETE FROM revoked_access_tokens`);
    await platform.database.query('COMMIT');
    expect(await left('revoked_access_tokens')).toBe(2);
  });

  it('goes on with the other tables while one has a backlog, and with smaller batches after a failure', async () => {
    const asked: [string, number][] = [];
    let backlog = 5;
    const repository = {
      expiringTables: async () => ['a', 'b'],
      sweep: async (table: string, batch: number) => {
        asked.push([table, batch]);
        if (asked.length === 1) throw new Error('canceling statement due to statement timeout');
        return table === 'a' && (backlog -= 1) > 0 ? batch : 0;
      },
    } as unknown as UpkeepRepository;
    const sweeper = new Sweeper(repository);
    expect(await sweeper.sweep()).toBe(0);
    expect(await sweeper.sweep()).toBeGreaterThan(0);
    expect(asked[1]).toEqual(['a', 250]);
    expect(asked.map(([table]) => table)).toEqual(['a', 'a', 'b', 'a', 'a', 'a', 'a']);
  });
});

describe('A batch', () => {
  it('grows while it is quick, shrinks when it is slow, and has bounds', () => {
    const batch = new BatchSize();
    for (let round = 0; round < 10; round += 1) batch.took(10, batch.current);
    expect(batch.current).toBe(20_000);
    batch.took(1000, batch.current);
    expect(batch.current).toBe(5000);
    batch.took(1, 3);
    expect(batch.current).toBe(5000);
    for (let round = 0; round < 10; round += 1) batch.failed();
    expect(batch.current).toBe(200);
  });
});
