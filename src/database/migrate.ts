import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';
import { createDataSource } from './data-source.js';
import { isUnavailable } from './database-error.js';
import { prepareRuntimeRole } from './runtime-role.js';
import { declareCompatibility, readSchemaState, refuseNewerSchema, refuseToMigrate } from './schema-version.js';
import { closeConnection, openConnection } from './single-connection.js';
import { UnreachableDatabaseError } from './unreachable-database.error.js';

/** Any number that no other program uses as an advisory lock in the same database. */
const MIGRATION_LOCK = 7_368_101_142;
const LOCK_POLL_MS = 250;
const OLDEST_VERSION = 150_000;
const CONNECT_LIMIT_MS = 5000;
/** For the statements beside the migrations, which are all short. */
const QUERY_LIMIT_MS = 15_000;

/**
 * Brings the schema up to date as the owner of the tables. Processes that start together wait for the first one.
 * @throws UnreachableDatabaseError when the server did not take part
 * @throws ConfigError when the server is too old, or the schema is not one that this program can serve on
 */
export async function migrate(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, 'tenantry migrations', async (client) => {
    await requireVersion(client);
    const state = await readSchemaState(client);
    refuseNewerSchema(state);
    if (state.unknown.length > 0) return; // what newer code made is not this program's to grant
    refuseToMigrate(state);
    if (!state.mayMigrate) return;
    await lock(client);
    // Another process may have been faster, and it may have been a newer one.
    const now = await readSchemaState(client);
    refuseNewerSchema(now);
    if (now.unknown.length > 0) return;
    if (now.pending.length > 0) await runMigrations(ownerUrl);
    await declareCompatibility(client, now);
    await prepareRuntimeRole(client);
  });
}

/** One connection for a few statements. @throws UnreachableDatabaseError when there is none, or it is lost meanwhile */
export async function withClient<Result>(
  url: string,
  applicationName: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = await connect(url, applicationName);
  try {
    return await work(client);
  } catch (error) {
    if (error instanceof ConfigError || !isLost(error)) throw error;
    throw new UnreachableDatabaseError([`The database of DATABASE_URL did not answer: ${reasonOf(error)}.`]);
  } finally {
    await closeConnection(client); // gives locks back
  }
}

function isLost(error: unknown): boolean {
  return isUnavailable(error) || /timeout|connection/i.test(reasonOf(error));
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error); // several addresses that all refuse have no message
}

async function connect(url: string, applicationName: string): Promise<Client> {
  try {
    return await openConnection({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      query_timeout: QUERY_LIMIT_MS,
    });
  } catch (cause) {
    throw new UnreachableDatabaseError([
      `The database of DATABASE_URL cannot be reached: ${reasonOf(cause)}. Start it, or correct the URL.`,
    ]);
  }
}

/** Polls for the advisory lock instead of waiting for it in the server, so that a dead connection is noticed. */
async function lock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.taken) return;
    await delay(LOCK_POLL_MS);
  }
}

async function runMigrations(url: string): Promise<void> {
  const dataSource = createDataSource({
    url,
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
}

async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`);
  const version = Number(rows[0]?.version);
  if (version < OLDEST_VERSION) {
    throw new ConfigError([`PostgreSQL ${Math.floor(version / 10_000)} is too old; 15 or newer is needed.`]);
  }
}
