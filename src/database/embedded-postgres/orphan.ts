import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError } from './error.js';
import { isServerOf, readPidFile, removeMisleadingPidFile } from './pid-file.js';
import { query, type RunningServer, type ServerContext, stopServer } from './server.js';
import { identifyProcess } from './process-identity.js';

/** How long a server that lost its parent may take to come up or go down before the start gives up. */
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * The server that an earlier process left behind on this cluster, undefined when there is none (any more). One with other
 * settings is stopped; one that is coming up or going down is waited for. A pid file whose process is no server of
 * this cluster is removed: PostgreSQL refuses to start when the number has gone to another program of its user.
 */
export async function adoptServer(context: ServerContext): Promise<RunningServer | undefined> {
  const { directory } = context.cluster;
  let [pid, reason] = [0, ''];
  for (const deadline = Date.now() + TIMEOUT_MILLISECONDS; Date.now() < deadline; await delay(50)) {
    const found = await readPidFile(directory);
    if (found === undefined) return undefined;
    pid = found.pid;
    const server = identifyProcess(pid);
    if (server === undefined || !(await isServerOf(pid, directory))) {
      await removeMisleadingPidFile(directory, pid);
      return undefined;
    }
    reason = found.port === undefined ? 'it has no port' : await whyNotOurs(context, found.port);
    if (found.port === undefined || reason !== '') continue;
    if (await hasSettings(context)) return { process: server, port: found.port };
    await stopServer(context, server);
    return undefined;
  }
  throw new EmbeddedPostgresError(
    `A PostgreSQL server (process ${pid}) holds ${directory} but cannot be used (${reason}). ` +
      `End that process (kill -INT ${pid}) and start again, or set DATA_DIR to another directory.`,
  );
}

/** Empty when the server at the port takes our password and works in our directory, not in a copy of it. */
async function whyNotOurs({ cluster, account }: ServerContext, port: number): Promise<string> {
  const proof = randomBytes(16).toString('hex');
  const file = join(cluster.directory, `adoption-${proof}`);
  try {
    await writeFile(file, proof, { mode: 0o600, flag: 'wx' });
    await account.give(file);
    const [row] = await query(cluster, port, 'SELECT pg_read_file($1) = $2 AS same', [basename(file), proof]);
    return (row as { same?: boolean } | undefined)?.same === true ? '' : 'it serves another directory';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(file, { force: true });
  }
}

/** Compares with `postmaster.opts`, the server's own record of the command line it was started with. */
async function hasSettings({ cluster, settings }: ServerContext): Promise<boolean> {
  const options = await readFile(join(cluster.directory, 'postmaster.opts'), 'utf8').catch(() => '');
  const actual = [...options.matchAll(/"-c" "([^"]*)"/g)].map(([, setting]) => setting ?? '');
  const wanted = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const sorted = (list: string[]) => list.filter((setting) => !setting.startsWith('port=')).sort();
  return JSON.stringify(sorted(actual)) === JSON.stringify(sorted(wanted));
}
