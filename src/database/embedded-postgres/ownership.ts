import { chown, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError, errorCode } from './error.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.js';

/** The right to run the cluster of one directory; one process has it at a time. */
export interface Ownership {
  release(): Promise<void>;
}

const PREFIX = 'postgres.owner.';
const RELEASED = 'released';
/** A ticket is created and filled in two steps; an empty one older than this was left by a killed process. */
const FILLING_MILLISECONDS = 2_000;
/** Clocks are set and `uptime()` is rounded: a ticket counts as older than the boot only beyond this. */
const BOOT_SLACK_MILLISECONDS = 60_000;

/**
 * Takes the ownership of a directory, also from a process that died.
 *
 * Owners draw numbered tickets, files `postgres.owner.<n>`: the owner is the process named in the highest one. Who finds
 * that process dead creates number n + 1, which only one can, and then looks again: a higher number that appeared
 * meanwhile wins. Numbers never start over, so a slow process cannot take what was taken and given back behind
 * its back; that is why a ticket given back stays, marked as released, until the next owner removes it.
 *
 * @throws EmbeddedPostgresError while the owner is alive
 */
export async function claimOwnership(dataDir: string): Promise<Ownership> {
  const self = identifyProcess(process.pid) ?? { pid: process.pid, startedAt: null };
  for (;;) {
    const latest = await findLatestTicket(dataDir);
    const holder = latest === 0 ? 'none' : await findHolder(ticketPath(dataDir, latest));
    if (holder === 'changing') {
      await delay(20);
      continue;
    }
    if (holder !== 'none') throw inUse(dataDir, holder, ticketPath(dataDir, latest));

    const mine = latest + 1;
    if (!(await createTicket(dataDir, mine, self))) continue;
    if ((await findLatestTicket(dataDir)) !== mine) {
      await rm(ticketPath(dataDir, mine), { force: true });
      continue;
    }
    await removeTicketsBelow(dataDir, mine);
    return { release: () => writeFile(ticketPath(dataDir, mine), RELEASED) };
  }
}

function ticketPath(dataDir: string, number: number): string {
  return join(dataDir, `${PREFIX}${number}`);
}

async function findTickets(dataDir: string): Promise<number[]> {
  const names = await readdir(dataDir);
  return names.flatMap((name) => {
    const number = /^postgres\.owner\.(\d{1,15})$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

async function findLatestTicket(dataDir: string): Promise<number> {
  return Math.max(0, ...(await findTickets(dataDir)));
}

async function removeTicketsBelow(dataDir: string, mine: number): Promise<void> {
  const older = (await findTickets(dataDir)).filter((number) => number < mine);
  await Promise.all(older.map((number) => rm(ticketPath(dataDir, number), { force: true })));
}

async function createTicket(dataDir: string, number: number, self: ProcessIdentity): Promise<boolean> {
  const path = ticketPath(dataDir, number);
  try {
    await writeFile(path, JSON.stringify(self), { flag: 'wx', mode: 0o644 });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw new EmbeddedPostgresError(
      `Cannot write to ${dataDir} (${errorCode(error)}). Make it writable for this user, with room on its disk, ` +
        'or set DATA_DIR to another directory.',
      { cause: error },
    );
  }
  await giveToOwnerOf(dataDir, path);
  return true;
}

async function findHolder(path: string): Promise<ProcessIdentity | 'none' | 'changing'> {
  try {
    const text = await readFile(path, 'utf8');
    const { mtimeMs } = await stat(path);
    if (text === '') return Math.abs(Date.now() - mtimeMs) < FILLING_MILLISECONDS ? 'changing' : 'none';
    if (text === RELEASED) return 'none';
    const holder = parseIdentity(text);
    if (holder === undefined || !isRunning(holder)) return 'none';
    // Where the start time is unknown, at least a process from before the last boot is known to be gone.
    const bootedAt = Date.now() - uptime() * 1000;
    return holder.startedAt === null && mtimeMs < bootedAt - BOOT_SLACK_MILLISECONDS ? 'none' : holder;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'changing';
    throw error;
  }
}

function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value = JSON.parse(text) as Partial<ProcessIdentity> | null;
    if (typeof value?.pid !== 'number' || !Number.isSafeInteger(value.pid) || value.pid <= 0) return undefined;
    return { pid: value.pid, startedAt: typeof value.startedAt === 'string' ? value.startedAt : null };
  } catch {
    return undefined;
  }
}

function inUse(dataDir: string, holder: ProcessIdentity, ticket: string): EmbeddedPostgresError {
  const who = holder.pid === process.pid ? `this process (${holder.pid})` : `process ${holder.pid}`;
  const doubt =
    holder.startedAt === null ? ` If process ${holder.pid} is some other program, delete the file ${ticket}.` : '';
  return new EmbeddedPostgresError(
    `${dataDir} is in use: ${who} runs the embedded PostgreSQL there. ` +
      `Stop it, or set DATA_DIR to another directory or DATABASE_URL to a shared PostgreSQL >= 15.${doubt}`,
  );
}

/** What root writes into a user's directory shall not lock that user out at the next start. */
export async function giveToOwnerOf(dataDir: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dataDir);
  if (uid !== 0) await chown(path, uid, gid);
}
