import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Enough for a dozen tenants of one suite. */
const RSA_KEYS = 32;
/** Nothing of it outlives the tests, and databases of one suite are too short-lived for a vacuum. */
const SETTINGS = {
  max_connections: '300',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  autovacuum: 'off',
};

/**
 * One PostgreSQL for all suites, with a migrated template that each suite copies. It runs on the compiled platform,
 * because Jest does not map the imports of this file.
 */
export default async function setUp() {
  const { startEmbeddedPostgres } = await import('../../dist/src/database/embedded-postgres.js');
  const { migrate } = await import('../../dist/src/database/migrate.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-test-'));
  const makingKeys = makeRsaKeys(join(dataDir, 'rsa-keys.json'));
  const server = await startEmbeddedPostgres({ dataDir, durability: 'none', settings: SETTINGS });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE tenantry_template');
  await client.end();
  const template = new URL(server.url);
  template.pathname = '/tenantry_template';
  await migrate(template.href);
  process.env['TEST_CLUSTER_URL'] = server.url;
  process.env['TEST_RSA_KEYS'] = await makingKeys;
  globalThis.__tenantryTestServer = { server, dataDir };
}

/** RSA keys for the tenants of all suites: each takes a tenth of a second. @returns the file with them */
async function makeRsaKeys(file) {
  const { SIGNING_ALGORITHMS } = await import('../../dist/src/keys/signing-algorithm.js');
  const keys = await Promise.all(Array.from({ length: RSA_KEYS }, () => SIGNING_ALGORITHMS.RS256.generate()));
  const written = keys.map((key) => ({ ...key, privateKey: key.privateKey.toString('base64') }));
  writeFileSync(file, JSON.stringify(written), { mode: 0o600 });
  return file;
}
