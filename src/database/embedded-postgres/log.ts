import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { giveToOwnerOf } from './ownership.js';

const MAXIMUM_BYTES = 5 * 1024 * 1024;
const TAIL_BYTES = 8_192;
const TAIL_LINES = 15;

/** The server's log, `<dataDir>/postgres.log`. */
export function logPath(dataDir: string): string {
  return join(dataDir, 'postgres.log');
}

/** Opens the log for a starting server, after moving one that has grown over 5 MB to `postgres.log.1`. */
export async function openLog(dataDir: string): Promise<FileHandle> {
  const path = logPath(dataDir);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAXIMUM_BYTES) await rename(path, `${path}.1`);
  const log = await open(path, 'a', 0o600);
  await giveToOwnerOf(dataDir, path);
  return log;
}

/** The last lines written since the log was `from` bytes long, at most 15. */
export async function readLogTail(dataDir: string, from: number): Promise<string> {
  const log = await open(logPath(dataDir), 'r').catch(() => undefined);
  if (log === undefined) return '';
  try {
    const { size } = await log.stat();
    const start = Math.max(from, size - TAIL_BYTES, 0);
    const { buffer, bytesRead } = await log.read(Buffer.alloc(Math.max(size - start, 0)), 0, undefined, start);
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    await log.close();
  }
}
