import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';
import { createDataSource } from './data-source.js';
import { prepareRuntimeRole } from './runtime-role.js';
import { closeConnection, openConnection } from './single-connection.js';

/** Any number that no other program uses as an advisory lock in the same database. */
const MIGRATION_LOCK = 7_368_101_142;
const OLDEST_VERSION = 150_000;

/**
 * Brings the schema up to date as the owner of the tables. Processes that start together wait for the first one.
 * @throws ConfigError when the server is out of reach or too old
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const client = await connect(ownerUrl);
  try {
    await requireVersion(client);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = createDataSource({
      url: ownerUrl,
      maxConnections: 1,
      applicationName: 'tenantry migrations',
      statementTimeoutMs: 0,
    });
    try {
      await dataSource.initialize();
      await dataSource.runMigrations();
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
    await prepareRuntimeRole(client);
  } finally {
    await closeConnection(client); // gives the lock back
  }
}

async function connect(ownerUrl: string): Promise<Client> {
  try {
    return await openConnection({ connectionString: ownerUrl, application_name: 'tenantry migrations' });
  } catch (cause) {
    throw new ConfigError([
      `The database of DATABASE_URL cannot be reached: ${(cause as Error).message}. Start it, or correct the URL.`,
    ]);
  }
}

async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`);
  const version = Number(rows[0]?.version);
  if (version < OLDEST_VERSION) {
    throw new ConfigError([`PostgreSQL ${Math.floor(version / 10_000)} is too old; 15 or newer is needed.`]);
  }
}
