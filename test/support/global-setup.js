import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * One PostgreSQL for all suites, with a migrated template that each suite copies. It runs on the compiled platform,
 * because Jest does not map the imports of this file.
 */
export default async function setUp() {
  const { startEmbeddedPostgres } = await import('../../dist/src/database/embedded-postgres.js');
  const { migrate } = await import('../../dist/src/database/migrate.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-test-'));
  const server = await startEmbeddedPostgres({ dataDir, durability: 'none', settings: { max_connections: '300' } });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE tenantry_template');
  await client.end();
  const template = new URL(server.url);
  template.pathname = '/tenantry_template';
  await migrate(template.href);
  process.env['TEST_CLUSTER_URL'] = server.url;
  globalThis.__tenantryTestServer = { server, dataDir };
}
