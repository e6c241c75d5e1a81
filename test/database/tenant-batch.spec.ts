import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/database/database.js';
import { type Statement, statement } from '../../src/database/statement.js';
import type { TenantId } from '../../src/database/tenant-id.js';
import { ACME, DirectDatabase, GLOBEX } from '../support/direct-database.js';

const shown = statement('test.shown', `SELECT current_setting('app.tenant_id', true) AS id, pg_backend_pid() AS pid`);
const prepared = statement('test.prepared', 'SELECT name FROM pg_prepared_statements ORDER BY name');
const keys = statement('test.keys', 'SELECT tenant_id FROM tenant_data_keys');
const write = statement(
  'test.write',
  `INSERT INTO revoked_access_tokens (tenant_id, jti, expires_at) VALUES ($1, gen_random_uuid(), now()) RETURNING jti`,
);
const divide = statement('test.divide', 'SELECT 1 / $1::int AS one');
const wrong = statement('test.wrong', 'SELECT nothing FROM nowhere');

let direct: DirectDatabase;
let database: Database;
beforeAll(async () => {
  direct = await DirectDatabase.open({ poolSize: 1 });
  database = direct.database;
  await direct.owner.query(`INSERT INTO tenant_data_keys (tenant_id, wrapped_key) VALUES ($1, ''), ($2, '')`, [
    ACME,
    GLOBEX,
  ]);
});
afterAll(() => direct.close());

const names = async () => (await database.platformQuery<{ name: string }>(prepared, [])).map(({ name }) => name);
/** What the only connection says when nobody named a tenant. */
const bare = async () => {
  const [row] = await database.platformQuery<{ id: string | null; pid: number }>(shown, []);
  const seen = await database.platformQuery(keys, []);
  return { id: row?.id ?? '', seen };
};
const NOTHING = { id: '', seen: [] };

describe('one statement for one tenant', () => {
  it('runs for that tenant, and leaves no tenant behind', async () => {
    expect(await database.query(ACME, shown, [])).toEqual([{ id: ACME, pid: expect.any(Number) as unknown }]);
    expect(await bare()).toEqual(NOTHING);
    expect(await database.query(GLOBEX, keys, [])).toEqual([{ tenant_id: GLOBEX }]);
    expect(await bare()).toEqual(NOTHING);
  });

  it.each<[string, Statement, unknown[]]>([
    ['that fails', divide, [0]],
    ['that does not parse', wrong, []],
    ['whose value does not fit', divide, ['x']],
    ['that row-level security refuses', write, [GLOBEX]],
  ])('%s leaves no tenant behind, and fails alike the next time', async (_, failing, values) => {
    for (let time = 0; time < 3; time += 1) {
      await expect(database.query(ACME, failing, values)).rejects.toMatchObject({
        code: expect.any(String) as unknown,
      });
      expect(await bare()).toEqual(NOTHING);
      expect(await database.query(GLOBEX, shown, [])).toMatchObject([{ id: GLOBEX }]);
    }
  });

  it('whose value cannot be sent leaves the connection as it was', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    await expect(database.query(ACME, divide, [circle])).rejects.toThrow(/circular/i);
    expect(await database.query(ACME, divide, [1])).toEqual([{ one: 1 }]);
    expect(await bare()).toEqual(NOTHING);
  });

  it('refuses what is no tenant id', async () => {
    await expect(database.query(`x'; --` as TenantId, shown, [])).rejects.toThrow('lower-case UUID');
    expect(await bare()).toEqual(NOTHING);
  });
});

describe('two tenants in turn on one connection', () => {
  it('each see their own, with failures among them and however it is asked', async () => {
    const ask = async (tenantId: TenantId, turn: number) => {
      if (turn % 5 === 0) await database.query(tenantId, divide, [0]).catch(() => undefined);
      if (turn % 7 === 0) await database.transaction(tenantId, (transaction) => transaction.query(keys, []));
      if (turn % 11 === 0) await database.query(tenantId, wrong, []).catch(() => undefined);
      const [first, second] = await database.pipeline(tenantId, (transaction) =>
        Promise.all([transaction.query(keys, []), transaction.query<{ id: string }>(shown, [])]),
      );
      return [first, second[0]?.id, await database.query(tenantId, keys, [])];
    };
    for (let turn = 0; turn < 300; turn += 6) {
      const tenants = [ACME, GLOBEX, ACME, GLOBEX, GLOBEX, ACME];
      const answers = await Promise.all(tenants.map((tenantId, index) => ask(tenantId, turn + index)));
      const own = (tenantId: TenantId) => [{ tenant_id: tenantId }];
      expect(answers).toEqual(tenants.map((tenantId) => [own(tenantId), tenantId, own(tenantId)]));
    }
    expect(await bare()).toEqual(NOTHING);
  });
});

describe('what a connection has prepared', () => {
  const first = statement('test.first', 'SELECT 1 AS first');
  const second = statement('test.second', 'SELECT 2 AS second');

  it('is prepared once, also within one batch and whichever way it is asked for', async () => {
    for (let time = 0; time < 3; time += 1) {
      await database.pipeline(ACME, (transaction) =>
        Promise.all([first, first, second].map((each) => transaction.query(each, []))),
      );
      await database.platformQuery(second, []);
      await database.transaction(ACME, (transaction) => transaction.query(first, []));
    }
    const all = await names();
    expect(all.filter((name) => name.startsWith('test.first'))).toEqual(['test.first']);
    expect(all.filter((name) => name.startsWith('test.second'))).toEqual(['test.second']);
    expect(all.filter((name) => name === 'tenant.set')).toEqual(['tenant.set']);
  });

  it('does not contain what failed to parse, nor what was skipped behind it', async () => {
    const skipped = statement('test.skipped', 'SELECT 3 AS skipped');
    const work = database.pipeline(ACME, (transaction) =>
      Promise.all([transaction.query(wrong, []), transaction.query(skipped, [])]),
    );
    await expect(work).rejects.toThrow('nowhere');
    const all = await names();
    expect([all.includes('test.wrong'), all.includes('test.skipped')]).toEqual([false, false]);
    expect(await database.query(ACME, skipped, [])).toEqual([{ skipped: 3 }]);
  });

  it('contains what parsed and then failed, and is used again', async () => {
    const late = statement('test.late', 'SELECT 1 / $1::int AS late');
    await expect(database.query(ACME, late, [0])).rejects.toThrow('division by zero');
    expect(await names()).toContain('test.late');
    expect(await database.query(ACME, late, [1])).toEqual([{ late: 1 }]);
  });

  it('is prepared anew where it was taken away or its result has changed, after one failure at most', async () => {
    const away = statement('test.away', 'SELECT 4 AS away');
    await database.query(ACME, away, []);
    await database.platform.query('DEALLOCATE ALL');
    await database.query(ACME, away, []).catch(() => undefined);
    expect(await database.query(ACME, away, [])).toEqual([{ away: 4 }]);

    await direct.owner.query('CREATE TABLE changing (a integer); GRANT SELECT ON changing TO public');
    const changing = statement('test.changing', 'SELECT * FROM changing');
    await database.query(ACME, changing, []);
    await direct.owner.query('ALTER TABLE changing ADD COLUMN b integer');
    await database.query(ACME, changing, []).catch(() => undefined);
    expect(await database.query(ACME, changing, [])).toEqual([]);
  });
});

describe('statements that are sent together', () => {
  it('are kept together or not at all', async () => {
    const count = async () =>
      (await direct.owner.query<{ rows: number }>('SELECT count(*)::int AS rows FROM revoked_access_tokens'))[0]?.rows;
    const both = (divisor: number) =>
      database.pipeline(ACME, (transaction) =>
        Promise.all([transaction.query(write, [ACME]), transaction.query(divide, [divisor])]),
      );
    await expect(both(0)).rejects.toThrow('division by zero');
    expect(await count()).toBe(0);
    await both(1);
    expect(await count()).toBe(1);
  });

  it('answer in the types that the driver gives', async () => {
    const typed = statement(
      'test.typed',
      `SELECT 'a' AS text, 1 AS int, true AS bool, now() AS time, '\\x01'::bytea AS bytes, '{"a":1}'::jsonb AS json,
              ARRAY['x','y'] AS list, NULL AS nothing, 9007199254740993 AS big`,
    );
    const [row] = await database.query<{ time: Date }>(ACME, typed, []);
    const ordinary: unknown = await database.platform.query(typed.text.replace('now()', `$1::timestamptz`), [
      row?.time.toISOString(),
    ]);
    expect([row]).toEqual(ordinary);
  });
});
