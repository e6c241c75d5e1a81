import { randomBytes } from 'node:crypto';
import {
  type Stats,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../installation.js';

const MAX_BYTES = 1_000_000;
const LOCK = { staleMs: 30_000, waitMs: 15_000, pollMs: 40 };
/** Windows has access lists in their place. */
const HAS_MODES = process.platform !== 'win32';

/**
 * The text of a file that holds credentials; undefined where there is none. It is read only when it is a plain file that
 * nobody else can read or change. @throws CliError that says what to change
 */
export function readOwnFile(file: string): string | undefined {
  let descriptor: number;
  try {
    // Not blocked by a pipe that somebody put there.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP' || code === 'EMLINK') {
      throw new CliError(`${file} is a symbolic link, so it is not used. Put the file itself there.`);
    }
    throw new CliError(`${file} cannot be read: ${message}.`);
  }
  try {
    requireOwn(file, fstatSync(descriptor), 0o077, 'chmod 600');
    requireOwn(dirname(file), statSync(dirname(file)), 0o022, 'chmod 700');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function requireOwn(path: string, stats: Stats, others: number, remedy: string): void {
  if (!stats.isFile() && !stats.isDirectory()) throw new CliError(`${path} is not a file, so it is not used.`);
  if (stats.isFile() && stats.size > MAX_BYTES) throw new CliError(`${path} is too large to be what it should be.`);
  if (!HAS_MODES) return;
  if (stats.uid !== process.getuid?.()) throw new CliError(`${path} belongs to somebody else, so it is not used.`);
  if ((stats.mode & others) !== 0) {
    const mode = (stats.mode & 0o777).toString(8);
    throw new CliError(`${path} is open to others (mode ${mode}), so it is not used. Close it: ${remedy} ${path}`);
  }
}

/** Puts the text in the place of the file, which is never seen half written. */
export function writeOwnFile(file: string, text: string): void {
  const beside = `${file}.${randomBytes(8).toString('hex')}`;
  const descriptor = openSync(beside, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Runs the work while no other process of this kind does: a refresh token is used once. */
export async function whileLocked<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const folder = dirname(file);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined && HAS_MODES) chmodSync(folder, 0o700);
  const lock = `${file}.lock`;
  const until = Date.now() + LOCK.waitMs;
  while (!tryLock(lock)) {
    if (Date.now() > until) throw new CliError(`Another command holds ${lock}. Remove it if there is none.`);
    await sleep(LOCK.pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // Whoever held it was killed.
    if (Date.now() - made > LOCK.staleMs) rmSync(lock, { force: true });
    return false;
  }
}
