import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode } from './error.js';
import { answersSignals, findProgramName, identifyProcess } from './process-identity.js';

/** What a server says about itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  /** Undefined until the server knows it. */
  readonly port: number | undefined;
}

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  try {
    const [pid, , , port] = (await readFile(pidFilePath(cluster), 'utf8')).split('\n').map(Number);
    // A standalone backend (postgres --single) writes its number negative.
    return pid ? { pid: Math.abs(pid), port: port || undefined } : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether the process of a pid file is a server of this cluster. Its number may by now belong to any other program, even to
 * the server of another cluster, so on Linux the working directory decides, which every server sets to its cluster.
 * Where that cannot be seen every program called postgres counts: the file of a live server must never be removed.
 */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (identifyProcess(pid) === undefined) return false;
  const program = await findProgramName(pid);
  if (program !== undefined && !/^postgres(\.exe)?$/i.test(program)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const [there, here] = [await stat(`/proc/${pid}/cwd`), await stat(cluster)];
    return there.dev === here.dev && there.ino === here.ino;
  } catch {
    return identifyProcess(pid) !== undefined;
  }
}

/**
 * Removes the pid file of a process that is no server of this cluster, where PostgreSQL would take it for one. When there is
 * no such process at all PostgreSQL removes the file itself, and looks first whether the server's children still live.
 */
export async function removeMisleadingPidFile(cluster: string, pid: number): Promise<void> {
  if (!answersSignals(pid)) return;
  // The process may have ended just now and another server have begun: look again.
  if ((await readPidFile(cluster))?.pid === pid) await rm(pidFilePath(cluster), { force: true });
}

function pidFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
