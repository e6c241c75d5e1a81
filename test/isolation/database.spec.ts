import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import { TABLE_PRIVILEGES } from '../../src/database/table-privileges.js';
import { World } from './world.js';

/**
 * Tables without a tenant. The platform's policy and the templates are operators'. A receipt of a deletion outlives its
 * tenant, so it is theirs too. Whose a domain or a former slug is, is asked before the tenant is known.
 */
const PLATFORM_TABLES = [
  'former_slugs',
  'platform_settings',
  'policy_layers',
  'schema_migrations',
  'tenant_deletions',
  'tenants',
  'verified_domains',
];

let world: World;
let serving: Client;
beforeAll(async () => {
  world = await World.create();
  serving = new Client({ connectionString: world.platform.database.url });
  await serving.connect();
  await serving.query(`SET ROLE ${RUNTIME_ROLE}`);
});
afterAll(async () => {
  await serving.end();
  await world.platform.stop();
});

const owner = <Row extends object>(text: string) => world.platform.database.query<Row>(text);

async function tenantTables(): Promise<string[]> {
  const rows = await owner<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
  );
  return rows.map(({ table_name }) => table_name);
}

describe('row-level security', () => {
  it('is forced on every table but the platform’s own', async () => {
    const tables = await owner<{ relname: string; forced: boolean }>(
      `SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
    );
    const open = tables.filter(({ forced }) => !forced).map(({ relname }) => relname);
    expect(open).toEqual(PLATFORM_TABLES);
    expect(tables.filter(({ forced }) => forced).map(({ relname }) => relname)).toEqual(await tenantTables());
  });

  it('shows and takes nothing until a tenant is named', async () => {
    for (const table of await tenantTables()) {
      const seen = await serving.query(`SELECT count(*)::int AS rows FROM ${table}`).catch((error: Error) => error);
      if (!(seen instanceof Error)) expect([table, seen.rows]).toEqual([table, [{ rows: 0 }]]);
    }
    const insert = `INSERT INTO revoked_access_tokens VALUES ('${world.acme.id}', gen_random_uuid(), now())`;
    await expect(serving.query(insert)).rejects.toThrow();
  });

  it('takes no row of acme in the name of globex', async () => {
    await serving.query('BEGIN');
    await serving.query(`SET LOCAL app.tenant_id = '${world.globex.id}'`);
    const insert = `INSERT INTO revoked_access_tokens VALUES ('${world.acme.id}', gen_random_uuid(), now())`;
    await expect(serving.query(insert)).rejects.toMatchObject({ code: '42501' });
    await serving.query('ROLLBACK');
  });

  it('shows and changes only the rows of the tenant that was named', async () => {
    for (const table of await tenantTables()) {
      await serving.query('BEGIN');
      await serving.query(`SET LOCAL app.tenant_id = '${world.globex.id}'`);
      // Partitions, and what only the owner's functions use, are out of reach altogether.
      const others = await serving
        .query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table} WHERE tenant_id <> '${world.globex.id}'`)
        .then(({ rows }) => rows[0]?.rows)
        .catch(({ code }: { code?: string }) => code);
      expect([table, others]).toEqual([table, table in TABLE_PRIVILEGES ? 0 : '42501']);
      await serving.query('ROLLBACK');
    }
  });
});

describe('the serving role', () => {
  it('owns nothing and cannot get around row-level security', async () => {
    const [role] = await owner(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = '${RUNTIME_ROLE}'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
    const owned = await owner(`SELECT relname FROM pg_class WHERE relowner = '${RUNTIME_ROLE}'::regrole`);
    expect(owned).toEqual([]);
    for (const text of [
      'ALTER TABLE users DISABLE ROW LEVEL SECURITY',
      'DROP POLICY tenant_isolation ON users',
      'TRUNCATE users',
    ]) {
      await expect(serving.query(text)).rejects.toMatchObject({
        code: expect.stringMatching(/42501|42704/) as unknown,
      });
    }
  });
});

describe('references', () => {
  it('between tenants’ tables carry the tenant, so none can point into another one', async () => {
    const keys = await owner<{ conname: string; columns: string }>(
      `SELECT c.conname, pg_get_constraintdef(c.oid) AS columns FROM pg_constraint c
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
          AND c.confrelid NOT IN ('tenants'::regclass, 'policy_layers'::regclass)`,
    );
    expect(keys.length).toBeGreaterThan(8);
    for (const { conname, columns } of keys) {
      expect([conname, columns]).toEqual([
        conname,
        expect.stringMatching(/^FOREIGN KEY \(tenant_id, .*REFERENCES \w+\(tenant_id, /),
      ]);
    }
  });

  it('are unique within a tenant, never across them', async () => {
    const indexes = await owner<{ indexdef: string; tablename: string }>(
      `SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'`,
    );
    const tables = await tenantTables();
    for (const { tablename, indexdef } of indexes.filter((index) => tables.includes(index.tablename))) {
      expect([tablename, indexdef]).toEqual([tablename, expect.stringMatching(/\(tenant_id\b/)]);
    }
  });
});
