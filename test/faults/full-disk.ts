import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultServer } from './fault-database.js';

const SIZE = '64m';
const BLOCK = Buffer.alloc(65_536);
/** PostgreSQL grows a table by as little as this. */
const SMALL_BLOCK = Buffer.alloc(4096);

export interface FullDisk {
  makeRoom(): void | Promise<void>;
}

/** A small file system for the database, where this user may mount one. */
export function diskOfItsOwn() {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-disk-'));
  const isReal = mounts(folder);
  return {
    isReal,
    tablespace: async (server: FaultServer): Promise<string> => {
      if (!isReal) return 'pg_default';
      const place = join(folder, 'space');
      mkdirSync(place);
      server.giveDirectory(folder);
      server.giveDirectory(place);
      await server.query(`CREATE TABLESPACE small LOCATION '${place}'`, [], 'postgres');
      return 'small';
    },
    fill: (): FullDisk => {
      const ballast = join(folder, 'ballast');
      for (const block of [BLOCK, SMALL_BLOCK]) fillWith(ballast, block);
      return { makeRoom: () => rmSync(ballast) };
    },
    remove: () => {
      if (isReal) execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** What PostgreSQL says when its disk is full, at every row that is added. */
export async function fullByTrigger(server: FaultServer): Promise<FullDisk> {
  await server.query(`CREATE FUNCTION refuse_as_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
  const tables = ['access_tokens', 'authorization_codes', 'refresh_tokens', 'clients'];
  for (const table of tables) {
    await server.query(
      `CREATE TRIGGER full_disk BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_as_full()`,
    );
  }
  return {
    makeRoom: async () => {
      for (const table of tables) await server.query(`DROP TRIGGER full_disk ON ${table}`);
    },
  };
}

function mounts(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0755`, 'tenantry-faults', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

function fillWith(path: string, block: Buffer): void {
  const file = openSync(path, 'a');
  try {
    while (writeSync(file, block) === block.length);
  } catch {
    // No space left on device, which is the purpose.
  } finally {
    closeSync(file);
  }
}
