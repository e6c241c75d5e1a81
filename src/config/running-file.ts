import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_NAME = 'running.json';

/** Where the platform of a `DATA_DIR` runs now. Nothing in it is secret. */
export interface Running {
  readonly url: string;
  readonly tenantHostSuffix: string;
  /** Where the demo application of this process runs. */
  readonly demoUrl?: string | undefined;
  readonly pid: number;
}

/**
 * Writes the file that tells the command line where the platform runs. It is not written when the directory does not
 * exist or is read-only: in production the environment names the address.
 * @returns a function that removes the file
 */
export function writeRunning(dataDir: string, where: Omit<Running, 'pid'>): () => void {
  const file = join(dataDir, FILE_NAME);
  const { pid } = process;
  if (!existsSync(dataDir)) return () => undefined;
  try {
    const draft = `${file}.${pid}`;
    writeFileSync(draft, JSON.stringify({ ...where, pid }), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    return () => undefined;
  }
  return () => {
    if (parse(file)?.pid === pid) rmSync(file, { force: true });
  };
}

/** Undefined when no platform runs. The file of a process that has ended is ignored. */
export function readRunning(dataDir: string): Running | undefined {
  const running = parse(join(dataDir, FILE_NAME));
  return running && isAlive(running.pid) ? running : undefined;
}

function parse(file: string): Running | undefined {
  try {
    const { url, tenantHostSuffix, pid, demoUrl } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (typeof url !== 'string' || typeof tenantHostSuffix !== 'string' || !Number.isSafeInteger(pid)) return undefined;
    return { url, tenantHostSuffix, pid: Number(pid), ...(typeof demoUrl === 'string' && { demoUrl }) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
