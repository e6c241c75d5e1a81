import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { ServerAccount } from './server-account.js';
import type { PostgresBinaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError, errorCode } from './error.js';
import { logPath, openLog, readLogTail } from './log.js';
import { readPidFile } from './pid-file.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.js';
import { runProgram } from './run-program.js';

/** A server that answers. */
export interface RunningServer {
  readonly process: ProcessIdentity;
  readonly port: number;
}

export interface ServerContext {
  readonly dataDir: string;
  readonly cluster: Cluster;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  /** Settings given as `-c name=value`, all but the port. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Crash recovery after a kill replays what was written since the last checkpoint. */
const START_TIMEOUT_MILLISECONDS = 120_000;
const RETRY_MILLISECONDS = 30_000;
const FAST_SHUTDOWN_MILLISECONDS = 20_000;
const IMMEDIATE_SHUTDOWN_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 20;

/** A killed server's children hold its memory a moment longer; a port may be taken between choice and use. */
const PASSING_FAILURE = /postmaster\.pid" already exists|pre-existing shared memory|could not bind/;

export function connectionUrl(cluster: Cluster, port: number): string {
  // Without sslmode a PGSSLMODE in the environment would ask this server for TLS, which it does not speak.
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres?sslmode=disable`;
}

/** Runs one query as the superuser. */
export async function query(cluster: Cluster, port: number, text: string, values: string[] = []): Promise<unknown[]> {
  const client = new pg.Client({
    connectionString: connectionUrl(cluster, port),
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts a server and waits until it answers. */
export async function launchServer(context: ServerContext): Promise<RunningServer> {
  for (const deadline = Date.now() + RETRY_MILLISECONDS; ; await delay(200)) {
    const attempt = await tryLaunch(context);
    if (typeof attempt === 'object') return attempt;
    if (PASSING_FAILURE.test(attempt) && Date.now() < deadline) continue;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL in ${context.dataDir} does not start. Remedy what its log says ` +
        `(${logPath(context.dataDir)}), set DATA_DIR to another directory, or set DATABASE_URL to a PostgreSQL >= 15.` +
        `\n${attempt}`,
    );
  }
}

/** Fast shutdown, the immediate one when that takes too long; resolves when the process has ended. */
export async function stopServer(context: ServerContext, server: ProcessIdentity): Promise<void> {
  if (process.platform === 'win32') await stopOnWindows(context);
  signalServer(server, 'SIGINT');
  if (await hasEnded(server, FAST_SHUTDOWN_MILLISECONDS)) return;
  signalServer(server, 'SIGQUIT');
  if (await hasEnded(server, IMMEDIATE_SHUTDOWN_MILLISECONDS)) return;
  throw new EmbeddedPostgresError(`The embedded PostgreSQL (process ${server.pid}) does not stop. End it by hand.`);
}

/** Signals the server unless it has gone, whoever has its number now. Not on Windows, where every signal is a kill. */
export function signalServer(server: ProcessIdentity, signal: NodeJS.Signals): void {
  if (process.platform === 'win32' || !isRunning(server)) return;
  try {
    process.kill(server.pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function hasEnded(server: ProcessIdentity, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; isRunning(server); await delay(POLL_MILLISECONDS)) {
    if (Date.now() > deadline) return false;
  }
  return true;
}

/** @returns the server, or the end of its log when it did not come up */
async function tryLaunch(context: ServerContext): Promise<RunningServer | string> {
  const log = await openLog(context.dataDir);
  try {
    const { size } = await log.stat();
    const port = await findFreePort();
    const hasExited = await (process.platform === 'win32' ? spawnThroughPgCtl : spawnServer)(context, port, log.fd);
    for (const deadline = Date.now() + START_TIMEOUT_MILLISECONDS; ; await delay(POLL_MILLISECONDS)) {
      const exit = hasExited();
      if (exit !== undefined) return (await readLogTail(context.dataDir, size)) || exit;
      const server = await findAnswering(context, port);
      if (server !== undefined) return server;
      if (Date.now() < deadline) continue;
      const silent = identifyProcess((await readPidFile(context.cluster.directory))?.pid ?? 0);
      if (silent !== undefined) await stopServer(context, silent);
      return `It does not answer after ${START_TIMEOUT_MILLISECONDS / 1000} seconds.\n${await readLogTail(context.dataDir, size)}`;
    }
  } finally {
    await log.close();
  }
}

async function findAnswering({ cluster }: ServerContext, port: number): Promise<RunningServer | undefined> {
  try {
    await query(cluster, port, 'SELECT 1');
  } catch {
    return undefined;
  }
  const found = await readPidFile(cluster.directory);
  const server = found?.port === port ? identifyProcess(found.pid) : undefined;
  return server && { process: server, port };
}

/** @returns a function that tells why the process has ended, undefined while it runs */
type Spawn = (context: ServerContext, port: number, log: number) => Promise<() => string | undefined>;

const spawnServer: Spawn = async ({ binaries, cluster, account, settings }, port, log) => {
  const options = { ...settings, port: String(port) };
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', account.nameOfWorkingDirectory(cluster.directory), ...args], {
    ...account.spawnOptions(cluster.directory),
    // Its own process group: Ctrl-C in a terminal is for us, who still need the database to shut down in order.
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  let end: string | undefined;
  child.once('error', (error) => (end = error.message));
  child.once('exit', (code, signal) => (end ??= `postgres ended (${signal ?? `exit code ${code}`}).`));
  return () => end;
};

/** PostgreSQL refuses administrators; pg_ctl takes their rights away from the server it starts. */
const spawnThroughPgCtl: Spawn = async ({ dataDir, binaries, cluster, account, settings }, port) => {
  const options = Object.entries({ ...settings, port: String(port) }).map(([name, value]) => `-c "${name}=${value}"`);
  const args = ['start', '-D', cluster.directory, '-l', logPath(dataDir), '-W', '-o', options.join(' ')];
  // No pipes: the server would inherit and hold them.
  const pgCtl = spawn(binaries.pgCtl, args, { ...account.spawnOptions(cluster.directory), stdio: 'ignore' });
  const [code] = (await once(pgCtl, 'exit')) as [number | null];
  return () => (code === 0 ? undefined : `pg_ctl ended (exit code ${code}).`);
};

async function stopOnWindows({ binaries, cluster, account }: ServerContext): Promise<void> {
  const args = ['stop', '-D', cluster.directory, '-m', 'fast', '-w', '-t', '20'];
  await runProgram(binaries.pgCtl, args, account.spawnOptions(cluster.directory));
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port.');
  return address.port;
}
