import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ServerAccount } from './server-account.js';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError, errorCode } from './error.js';
import { giveToOwnerOf } from './ownership.js';
import { runProgram } from './run-program.js';

/** A database cluster on disk and the password of its superuser `postgres`. */
export interface Cluster {
  readonly directory: string;
  readonly password: string;
}

const NEW_CLUSTER_PREFIX = 'postgres.new-';
const INITDB_TIMEOUT_MILLISECONDS = 300_000;

/** Where the cluster of a data directory lives, whether it exists or not. */
export function clusterDirectory(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * Opens the cluster, or makes it. A new one is made under another name and renamed when it is whole, its password file
 * first: a kill at any moment leaves either no cluster or one that works, and rubbish that the next start removes.
 * Only the owner of the directory may call this.
 */
export async function provideCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  durability: 'full' | 'none',
): Promise<Cluster> {
  await removeUnfinishedClusters(dataDir);
  const directory = clusterDirectory(dataDir);
  const passwordFile = join(dataDir, 'postgres.password');
  const version = await findVersion(directory);
  if (version === undefined) {
    const password = await createCluster(dataDir, directory, passwordFile, { binaries, account, durability });
    return { directory, password };
  }
  if (version !== binaries.majorVersion) {
    throw new EmbeddedPostgresError(
      `${directory} was made by PostgreSQL ${version}, the embedded one is ${binaries.majorVersion}. ` +
        `Serve it with PostgreSQL ${version} through DATABASE_URL, or move it away to begin with an empty database.`,
    );
  }
  return { directory, password: await readPassword(passwordFile, directory) };
}

/** What initdb writes into PG_VERSION; undefined when there is no cluster. */
async function findVersion(directory: string): Promise<string | undefined> {
  try {
    return (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  if (await isEmptyOrMissing(directory)) return undefined;
  throw new EmbeddedPostgresError(
    `${directory} is not empty and not a PostgreSQL cluster (no file PG_VERSION). ` +
      'Move it away, or set DATA_DIR to another directory.',
  );
}

async function isEmptyOrMissing(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
}

async function readPassword(file: string, directory: string): Promise<string> {
  try {
    const password = (await readFile(file, 'utf8')).trim();
    if (password !== '') return password;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      throw new EmbeddedPostgresError(
        `Cannot read ${file} (${errorCode(error)}). Start as the user who made it, or set DATA_DIR to another directory.`,
        { cause: error },
      );
    }
  }
  throw new EmbeddedPostgresError(
    `${file}, the password of ${directory}, is missing. ` +
      'Restore it from a backup, or move the cluster away to begin with an empty database.',
  );
}

async function removeUnfinishedClusters(dataDir: string): Promise<void> {
  const unfinished = (await readdir(dataDir)).filter((name) => name.startsWith(NEW_CLUSTER_PREFIX));
  for (const name of unfinished) {
    // An initdb that outlived its parent may still be writing there: what resists now goes next time.
    const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 };
    await rm(join(dataDir, name), options).catch(() => undefined);
  }
}

interface Making {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly durability: 'full' | 'none';
}

async function createCluster(
  dataDir: string,
  directory: string,
  passwordFile: string,
  { binaries, account, durability }: Making,
): Promise<string> {
  const workshop = await mkdtemp(join(dataDir, NEW_CLUSTER_PREFIX));
  try {
    const cluster = join(workshop, 'cluster');
    await mkdir(cluster, { mode: 0o700 });
    const password = randomBytes(32).toString('base64url');
    const [forInitdb, toKeep] = [join(workshop, 'password'), join(workshop, 'password.keep')];
    await writeFile(toKeep, password, { mode: 0o600, flag: 'wx', flush: true });
    await giveToOwnerOf(dataDir, toKeep);
    await writeFile(forInitdb, password, { mode: 0o600, flag: 'wx' });
    for (const path of [forInitdb, cluster, workshop]) await account.give(path);
    await runInitdb(workshop, cluster, { binaries, account, durability });

    await rename(toKeep, passwordFile);
    // An empty directory may stand there; rmdir() takes nothing else away.
    await rmdir(directory).catch(() => undefined);
    await rename(cluster, directory);
    await syncDirectory(dataDir);
    return password;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function runInitdb(workshop: string, cluster: string, { binaries, account, durability }: Making): Promise<void> {
  const name = account.nameOfWorkingDirectory(cluster);
  const args = ['-D', name, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256'];
  args.push(`--pwfile=${join('..', 'password')}`, ...(durability === 'none' ? ['--no-sync'] : []));
  const { code, output } = await runProgram(
    binaries.initdb,
    args,
    account.spawnOptions(cluster),
    INITDB_TIMEOUT_MILLISECONDS,
  );
  if (code === 0) return;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL cannot be initialised in ${workshop}. Make room on its disk and see that it is an ordinary ` +
      `local directory, set DATA_DIR to another one, or set DATABASE_URL to a PostgreSQL >= 15.\n${output.trim()}`,
  );
}

/** The renames must not be undone by a power cut after data has been committed. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
