import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const NAME = /^tenantry-scratch-(\d+)-/;
/** The tests use a fourth of it. */
const NEEDED_BYTES = 4 * 2 ** 30;

/**
 * A folder for what tests write and throw away: databases, data directories, profiles of browsers. It lies in memory where
 * there is a file system with room, because starting databases on a disk takes a good part of the tests' time.
 * @returns its path, which is removed when this process ends
 */
export function makeScratch() {
  const place = isRoomy(MEMORY) ? MEMORY : tmpdir();
  removeOrphans(place);
  const folder = mkdtempSync(join(place, `tenantry-scratch-${process.pid}-`));
  // Like any folder for temporary files: the tests also run programs as another user.
  chmodSync(folder, 0o1777);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isRoomy(place) {
  try {
    accessSync(place, constants.W_OK);
    const { bavail, bsize } = statfsSync(place);
    return Math.min(bavail * bsize, freemem()) >= NEEDED_BYTES;
  } catch {
    return false;
  }
}

/** What a process left behind that was killed. */
function removeOrphans(place) {
  for (const name of readdirSync(place)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(place, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
