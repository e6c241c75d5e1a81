import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/config.js';
import { OLDEST_COMPATIBLE_MIGRATION, migrations } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { createServingRole } from '../support/production.js';

const NEWER = 'AddMarvels1999999999999';
const newest = migrations.map((Migration) => new Migration().name).at(-1) ?? '';
const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  databases.push(database);
});
afterAll(async () => {
  for (const one of databases) await one.drop();
});

describe('A schema that newer code made', () => {
  it('is served by this program when the newer one declared that it still fits', async () => {
    await makeNewer(OLDEST_COMPATIBLE_MIGRATION);
    await migrate(database.url);
    expect(await markOf()).toBe(OLDEST_COMPATIBLE_MIGRATION);
  });

  it('is refused otherwise, with both versions', async () => {
    await makeNewer(1999999999999);
    const problem = await problemOf(database.url);
    expect(problem).toContain(NEWER);
    expect(problem).toContain(newest);
    expect(problem).toContain('newer than this program');
  });

  it('and one of another line of versions alike', async () => {
    await makeNewer(0);
    await database.query('DELETE FROM schema_migrations WHERE name = $1', [newest]);
    expect(await problemOf(database.url)).toContain('another line of versions');
  });
});

describe('A schema that older code made', () => {
  it('is refused by a role that may not bring it up to date, and the variable is named', async () => {
    const serving = await createServingRole(database);
    await database.query('DELETE FROM schema_migrations WHERE name = $1', [newest]);
    const problem = await problemOf(serving);
    expect(problem).toContain(newest);
    expect(problem).toContain('DATABASE_OWNER_URL');
  });

  it('is served by that role when nothing is missing', async () => {
    await migrate(await createServingRole(database));
  });

  it('gets the mark of the oldest code that may still run, which only rises', async () => {
    await database.query(`DELETE FROM platform_settings WHERE name = 'schema_compatible_from'`);
    await migrate(database.url);
    expect(await markOf()).toBe(OLDEST_COMPATIBLE_MIGRATION);
  });

  it('knows its own mark: it is one of the migrations', () => {
    expect(migrations.map((Migration) => new Migration().name).join()).toContain(String(OLDEST_COMPATIBLE_MIGRATION));
  });
});

async function makeNewer(compatibleFrom: number): Promise<void> {
  await database.query('INSERT INTO schema_migrations (timestamp, name) VALUES (1999999999999, $1)', [NEWER]);
  await database.query(
    `INSERT INTO platform_settings VALUES ('schema_compatible_from', to_jsonb($1::bigint))
     ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`,
    [compatibleFrom],
  );
}

async function markOf(): Promise<number> {
  const rows = await database.query<{ value: number }>(
    `SELECT value FROM platform_settings WHERE name = 'schema_compatible_from'`,
  );
  return Number(rows[0]?.value);
}

async function problemOf(url: string): Promise<string> {
  try {
    await migrate(url);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}
