import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;

/** Runs `work` while no other process of this machine does so under the same lock; one left by a dead process is taken over. */
export async function withLock(file, work) {
  if (!take(file)) {
    process.stdout.write(`Waiting for process ${ownerOf(file)}, which prepares the same folder ...\n`);
    while (!take(file)) await delay(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function take(file) {
  // Written aside and linked, so that the lock is never seen without its owner.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isRunning(ownerOf(file))) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(draft);
  }
}

/** 0 when it has just let go. */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
