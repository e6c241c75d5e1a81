import type { Config } from '../config/config.js';
import { fitPool } from '../database/connection-budget.js';
import type { DatabaseSettings } from '../database/database-settings.js';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { requireIsolation } from '../database/isolation-check.js';
import { migrate, withClient } from '../database/migrate.js';
import { chooseServingRole } from '../database/runtime-role.js';
import { closeConnection, openConnection } from '../database/single-connection.js';

const EMBEDDED_DATABASE = 'tenantry';

export interface OpenDatabase {
  readonly settings: DatabaseSettings;
  /** Stops the embedded server; does nothing to any other. */
  close(): Promise<void>;
}

/**
 * The database of this installation, up to date and in the role that serves requests: the embedded one unless
 * `DATABASE_URL` names another.
 * @throws ConfigError when it cannot be used
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    const url = config.databaseUrl;
    await migrate(config.databaseOwnerUrl ?? url);
    return { settings: await settingsFor(url, config), close: async () => undefined };
  }
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, durability: 'full' });
  try {
    const url = await ensureDatabase(server.url);
    await migrate(url);
    return { settings: await settingsFor(url, config), close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** How requests reach the database at this URL, and in which role. */
export async function settingsFor(url: string, config: Config): Promise<DatabaseSettings> {
  return withClient(url, 'tenantry', async (client) => {
    const role = await chooseServingRole(client, config);
    await requireIsolation(client);
    const { workers, databasePoolSize: poolSize, production } = config;
    const warn = (sentence: string) => void process.stderr.write(`${sentence}\n`);
    return { url, role, maxConnections: await fitPool(client, { workers, poolSize, production }, warn) };
  });
}

/** Creates the platform's database in the embedded cluster; `postgres` belongs to the server. */
async function ensureDatabase(clusterUrl: string): Promise<string> {
  const client = await openConnection({ connectionString: clusterUrl });
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${EMBEDDED_DATABASE}`);
  } finally {
    await closeConnection(client);
  }
  const url = new URL(clusterUrl);
  url.pathname = `/${EMBEDDED_DATABASE}`;
  return url.href;
}
