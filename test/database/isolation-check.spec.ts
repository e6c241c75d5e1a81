import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ConfigError } from '../../src/config/config.js';
import { findIsolationFaults, requireIsolation } from '../../src/database/isolation-check.js';
import { RUNTIME_ROLE, prepareRuntimeRole } from '../../src/database/runtime-role.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});
afterEach(() => owner.query('ROLLBACK'));

/** What is found after these changes, which are taken back. */
async function faultsAfter(...changes: readonly string[]): Promise<string[]> {
  await owner.query('BEGIN');
  for (const change of changes) await owner.query(change);
  return findIsolationFaults(owner);
}

const ISOLATED = (name: string) => [
  `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY tenant_isolation ON ${name} USING (tenant_id::text = current_setting('app.tenant_id', true))`,
];
const HASHED = 'CREATE TABLE parts (tenant_id uuid) PARTITION BY HASH (tenant_id)';
const PART = 'CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0)';

describe('The check that tenants are kept apart', () => {
  it('finds nothing in the schema as it is', async () => {
    expect(await findIsolationFaults(owner)).toEqual([]);
    await requireIsolation(owner);
  });

  it.each([
    ['a table without row-level security', ['CREATE TABLE cards (tenant_id uuid)'], 'Table cards'],
    [
      'a table whose owner it does not hold',
      [
        ...['CREATE TABLE cards (tenant_id uuid)', ...ISOLATED('cards')],
        'ALTER TABLE cards NO FORCE ROW LEVEL SECURITY',
      ],
      'Table cards',
    ],
    [
      'a table without a policy',
      ['CREATE TABLE cards (tenant_id uuid)', ...ISOLATED('cards'), 'DROP POLICY tenant_isolation ON cards'],
      'Table cards has a tenant_id and no policy',
    ],
    [
      'a policy that does not ask for the tenant',
      ['CREATE POLICY all_of_them ON users USING (true)'],
      'Policy all_of_them on users',
    ],
    ['a partition of a table that is isolated itself', [HASHED, PART, ...ISOLATED('parts')], 'Partition parts_0'],
    [
      'a partition in another schema',
      [HASHED, 'CREATE SCHEMA elsewhere', PART.replace('parts_0', 'elsewhere.parts_0'), ...ISOLATED('parts')],
      'Partition elsewhere.parts_0',
    ],
    [
      'a partition of the audit log',
      [`CREATE TABLE audit_events_old PARTITION OF audit_events FOR VALUES FROM ('2001-01-01') TO ('2001-02-01')`],
      'Partition audit_events_old',
    ],
    [
      'a materialized view that may be read',
      ['CREATE MATERIALIZED VIEW seen AS SELECT tenant_id FROM users', `GRANT SELECT ON seen TO ${RUNTIME_ROLE}`],
      'Materialized view seen is granted',
    ],
    [
      'a view that everybody may read',
      ['CREATE VIEW seen AS SELECT tenant_id FROM users', 'GRANT SELECT ON seen TO PUBLIC'],
      'View seen is granted',
    ],
    [
      'a right that serving does not need',
      [`GRANT UPDATE ON audit_events TO ${RUNTIME_ROLE}`],
      'audit_events is granted without need (UPDATE)',
    ],
    [
      'grants on all tables',
      [`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${RUNTIME_ROLE}`],
      'Partition audit_events_default is granted',
    ],
    [
      'grants on tables to come',
      [`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${RUNTIME_ROLE}`],
      'Default privileges',
    ],
  ])('names %s', async (_, changes, named) => {
    expect(await faultsAfter(...changes)).toEqual(expect.arrayContaining([expect.stringContaining(named)]));
    const refused = requireIsolation(owner);
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    await expect(refused).rejects.toThrow(named);
  });

  it('has nothing against a table that is isolated, or of no tenant', async () => {
    expect(
      await faultsAfter('CREATE TABLE cards (tenant_id uuid)', ...ISOLATED('cards'), 'CREATE TABLE notes (text text)'),
    ).toEqual([]);
  });
});

describe('The rights of the serving role', () => {
  it('are given table by table, and taken back where they are too many', async () => {
    await owner.query('BEGIN');
    await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${RUNTIME_ROLE}`);
    await owner.query('CREATE TABLE notes (text text)');
    await owner.query(`GRANT SELECT ON notes TO ${RUNTIME_ROLE}`);
    await owner.query(`REVOKE SELECT ON users FROM ${RUNTIME_ROLE}`);
    await prepareRuntimeRole(owner);
    expect(await findIsolationFaults(owner)).toEqual([]);
    const { rows } = await owner.query<Record<string, boolean>>(
      `SELECT has_table_privilege('${RUNTIME_ROLE}', 'users', 'SELECT') AS users,
              has_table_privilege('${RUNTIME_ROLE}', 'notes', 'SELECT') AS notes,
              has_table_privilege('${RUNTIME_ROLE}', 'audit_events', 'DELETE') AS deletes,
              has_table_privilege('${RUNTIME_ROLE}', 'schema_migrations', 'INSERT') AS migrates`,
    );
    expect(rows).toEqual([{ users: true, notes: false, deletes: false, migrates: false }]);
  });
});
