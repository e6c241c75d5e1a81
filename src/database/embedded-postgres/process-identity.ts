import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

import { errorCode } from './error.js';

/** One process, told from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and start time, Linux only; null where the system does not tell. */
  readonly startedAt: string | null;
}

/** Start-time field of `/proc/<pid>/stat`, counted from the state that follows the program's name (proc(5), field 22). */
const START_TIME = 19;

/**
 * The process that has this id now, undefined when there is none. A zombie counts as none: it holds nothing any more,
 * and in a container whose first process does not reap orphans it stays for ever.
 */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return { pid, startedAt: `${boot}:${fields[START_TIME]}` };
    } catch {
      // No /proc, or one that hides other users' processes: the signal below still tells.
    }
  }
  return answersSignals(pid) ? { pid, startedAt: null } : undefined;
}

/** Whether this very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  if (now === undefined) return false;
  return now.startedAt === null || identity.startedAt === null || now.startedAt === identity.startedAt;
}

/** Base name of the program that a process runs, undefined when the system does not tell. */
export async function findProgramName(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    const run = promisify(execFile);
    if (process.platform === 'win32') {
      const { stdout } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { windowsHide: true });
      return /^"([^"]+)"/.exec(stdout.trim())?.[1];
    }
    const { stdout } = await run('ps', ['-o', 'comm=', '-p', String(pid)]);
    return basename(stdout.trim()) || undefined;
  } catch {
    return undefined;
  }
}

/** Whether the system knows a process of this id, be it a zombie: what PostgreSQL asks. */
export function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
