import type { SpawnOptions } from 'node:child_process';
import { chown, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { EmbeddedPostgresError, errorCode } from './error.js';

/** The system account the server runs under, and what follows from it for spawning and naming directories. */
export interface ServerAccount {
  /** User id of the server, undefined on Windows. */
  readonly uid: number | undefined;
  /** Options to spawn one of the binaries with `directory` as its working directory. */
  spawnOptions(directory: string): SpawnOptions;
  /** The name under which a program so spawned reaches its working directory. */
  nameOfWorkingDirectory(directory: string): string;
  /** Gives a file or directory to the server. */
  give(path: string): Promise<void>;
}

/**
 * PostgreSQL refuses to run as root: under root it runs as the owner of the cluster that is there, else as `nobody`.
 *
 * That account often cannot reach the cluster by its path (a home directory is 0700), yet the data has to stay in
 * DATA_DIR, where the operator looks for it, backs it up and deletes it. On Linux the child therefore gets the cluster as
 * its working directory, entered while it is still root, and names it `/proc/self/cwd`: that link is followed
 * without looking at the directories above. Elsewhere root needs a DATA_DIR that others may pass through.
 *
 * @throws EmbeddedPostgresError when an ordinary user starts a cluster that belongs to someone else
 */
export async function chooseAccount(cluster: string): Promise<ServerAccount> {
  const own = process.getuid?.();
  const owner = await findOwner(cluster);
  if (own === 0) return rootsServant(owner === undefined ? await findUnprivilegedUser() : refuseRoot(owner, cluster));
  if (own !== undefined && owner !== undefined && owner.uid !== own) {
    throw new EmbeddedPostgresError(
      `${cluster} belongs to user id ${owner.uid}, this process runs as user id ${own}. Start it as the user who made ` +
        `it, give it away (sudo chown -R ${own} "${cluster}"/..), or set DATA_DIR to another directory.`,
    );
  }
  return {
    uid: own,
    spawnOptions: (directory) => ({ cwd: directory, env: environment(), windowsHide: true }),
    nameOfWorkingDirectory: (directory) => directory,
    give: async () => {},
  };
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

function rootsServant({ uid, gid }: Ids): ServerAccount {
  return {
    uid,
    // spawn() wants signed ids, chown() unsigned ones: macOS numbers `nobody` -2.
    spawnOptions: (directory) => ({ cwd: directory, env: environment(), uid: uid | 0, gid: gid | 0 }),
    nameOfWorkingDirectory: (directory) => (process.platform === 'linux' ? '/proc/self/cwd' : directory),
    give: (path) => chown(path, uid, gid),
  };
}

function refuseRoot(owner: Ids, cluster: string): Ids {
  if (owner.uid !== 0) return owner;
  throw new EmbeddedPostgresError(
    `${cluster} belongs to root, but PostgreSQL refuses to run as root. ` +
      `Give it to another user (chown -R nobody "${cluster}") or set DATA_DIR to another directory.`,
  );
}

/** The owner of the cluster; undefined when there is none, though a directory of its name may stand there. */
async function findOwner(cluster: string): Promise<Ids | undefined> {
  try {
    const { uid, gid } = await stat(cluster);
    if (uid === process.getuid?.()) await stat(join(cluster, 'PG_VERSION'));
    return { uid, gid };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(
      `Cannot read ${cluster} (${errorCode(error)}). Set DATA_DIR to another directory.`,
      {
        cause: error,
      },
    );
  }
}

/** `nobody`, or where there is none any user but root: initdb wants one that the passwd file knows. */
async function findUnprivilegedUser(): Promise<Ids> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const users = passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    const known = name !== undefined && uid !== undefined && gid !== undefined && /^-?\d+$/.test(uid);
    return known && Number(uid) !== 0 ? [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }] : [];
  });
  return users.find(({ name }) => name === 'nobody') ?? users[0] ?? { uid: 65_534, gid: 65_534 };
}

/** Nothing of ours: other processes of that account can read it, and PG* variables would change what the programs do. */
function environment(): NodeJS.ProcessEnv {
  const kept = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'USERPROFILE'] : [];
  const inherited = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return process.platform === 'win32' ? inherited : { PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' };
}
