import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { type Config, ConfigError } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { withClient } from '../database/migrate.js';
import { readSchemaState, refuseNewerSchema, refuseToMigrate } from '../database/schema-version.js';
import { reportRole } from '../database/runtime-role.js';
import type { Finding } from './finding.js';
import { checkMailAndPasswords } from './mail-and-passwords.js';

type DatabaseClient = Parameters<Parameters<typeof withClient>[2]>[0];
/**
 * With a larger difference between the clocks of database and process, new tokens seem to be issued in the future or to
 * have expired.
 */
const MAX_CLOCK_DIFFERENCE_MS = 2000;
const LEAST_FREE_BYTES = 1024 ** 3;
/** A random secret of 32 characters has far more. */
const FEWEST_DIFFERENT_CHARACTERS = 12;

/**
 * What production lacks, beyond what a start refuses. Nothing is said of what could not be looked at: an environment
 * that is wrong and a database that is away are findings of their own.
 */
export async function checkProduction(): Promise<Finding[]> {
  if (process.env['NODE_ENV'] !== 'production') return checkDisk(process.env['DATA_DIR'] || '.data');
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
  return [
    ...checkSettings(config),
    ...checkMailAndPasswords(config),
    ...(await checkDatabaseOf(config)),
    ...(await checkDisk(config.dataDir)),
  ];
}

function checkSettings(config: Config): Finding[] {
  const { clientSecret, adminPassword } = config.bootstrap;
  const secure = config.publicUrl.startsWith('https:');
  const weak = [
    ['BOOTSTRAP_CLIENT_SECRET', clientSecret] as const,
    ['BOOTSTRAP_ADMIN_PASSWORD', adminPassword] as const,
  ].filter(([, secret]) => secret !== undefined && new Set(secret).size < FEWEST_DIFFERENT_CHARACTERS);
  return [
    secure
      ? { what: 'TLS', state: 'good', text: `clients use ${config.publicUrl}` }
      : { what: 'TLS', state: 'note', text: `${config.publicUrl} has none; give clients an https: address` },
    secure && config.trustProxy === false
      ? {
          what: 'Proxy',
          state: 'bad',
          text: 'TLS ends in front of the platform, so there is a proxy, and every client has its address; set TRUST_PROXY to the number of proxies or their addresses',
        }
      : { what: 'Proxy', state: 'good', text: `TRUST_PROXY is ${describeTrust(config)}` },
    weak.length === 0
      ? { what: 'Secrets', state: 'good', text: 'of the operator: long and varied, as far as they are set here' }
      : {
          what: 'Secrets',
          state: 'bad',
          text: `${weak.map(([name]) => name).join(', ')} can be guessed; make new ones with node scripts/secrets.js`,
        },
    config.metricsPort === undefined
      ? { what: 'Metrics', state: 'note', text: 'off; METRICS_PORT turns them on, away from the public listener' }
      : { what: 'Metrics', state: 'good', text: `at port ${config.metricsPort}; keep it from the public` },
  ];
}

function describeTrust({ trustProxy }: Config): string {
  return trustProxy === false ? 'off' : String(trustProxy);
}

async function checkDatabaseOf(config: Config): Promise<Finding[]> {
  if (config.databaseUrl === undefined) return [];
  try {
    return await withClient(config.databaseUrl, 'tenantry doctor', async (client) => [
      await checkSchema(client, config),
      await checkOwner(client, config),
      await checkMasterKey(client, config),
      await checkClock(client),
      await checkOperatorAccess(client),
      ...(await checkDurability(client)),
    ]);
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

async function checkSchema(client: DatabaseClient, { databaseOwnerUrl }: Config): Promise<Finding> {
  const what = 'Schema';
  const state = await readSchemaState(client);
  try {
    refuseNewerSchema(state);
    if (databaseOwnerUrl === undefined) refuseToMigrate(state);
  } catch (error) {
    return { what, state: 'bad', text: (error as Error).message };
  }
  if (state.pending.length > 0) {
    return {
      what,
      state: 'note',
      text: `at ${state.newest ?? 'nothing'}; the next start adds ${state.pending.join(', ')}`,
    };
  }
  const newer = state.unknown.length > 0 ? ', of a newer version that this one may run beside' : '';
  return { what, state: 'good', text: `at ${state.newest}${newer}` };
}

async function checkOwner(client: DatabaseClient, { databaseServeAsOwner }: Config): Promise<Finding> {
  const what = 'Owner';
  const { role, ownsTables, mayTakeRuntimeRole } = await reportRole(client);
  if (!ownsTables) return { what, state: 'good', text: `${role} owns no tables` };
  if (mayTakeRuntimeRole) {
    return { what, state: 'note', text: `${role} owns the tables and serves as tenantry_app; two roles are better` };
  }
  const text = `${role} owns the tables and serves; use another role and set DATABASE_OWNER_URL`;
  return { what, state: databaseServeAsOwner ? 'note' : 'bad', text };
}

/** A database of an earlier version, or one that began in development, lets operators reach everywhere. */
async function checkOperatorAccess(client: DatabaseClient): Promise<Finding> {
  const what = 'Operators';
  const { rows: tables } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('policy_layers') IS NOT NULL AS found`,
  );
  const text = `SELECT coalesce(policy ->> 'operatorAccess', 'open') AS choice FROM policy_layers WHERE name IS NULL`;
  const { rows } = tables[0]?.found ? await client.query<{ choice: string }>(text) : { rows: [] };
  const choice = rows[0]?.choice ?? 'by_grant';
  if (choice !== 'open')
    return { what, state: 'good', text: `reach into people and secrets ${choice.replace('_', ' ')}` };
  return {
    what,
    state: 'note',
    text: 'reach into every tenant’s people and secrets without a grant; the policy operator_access changes that',
  };
}

async function checkMasterKey(client: DatabaseClient, config: Config): Promise<Finding> {
  const what = 'Master key';
  const { masterKey } = await import('../keys/master-keys.js');
  const { rows } = await client.query<{ name: string; value: unknown }>(
    `SELECT name, value FROM platform_settings WHERE name IN ('master_key_print', 'master_key_unfinished')`,
  );
  const setting = (name: string) => rows.find((row) => row.name === name)?.value;
  const print = setting('master_key_print');
  const previous = config.masterKeyPrevious && masterKey(config.masterKeyPrevious).print;
  if (print === undefined) return { what, state: 'note', text: 'the database has none yet; the first start sets it' };
  if (print === previous) {
    return {
      what,
      state: 'note',
      text: 'MASTER_KEY_PREVIOUS still wraps; once every process has both, run npx tenantry keys rewrap',
    };
  }
  if (print !== masterKey(config.masterKey).print) {
    return { what, state: 'bad', text: 'MASTER_KEY is not the one of this database; set the right one' };
  }
  if (setting('master_key_unfinished') !== undefined) {
    return {
      what,
      state: previous ? 'note' : 'bad',
      text: 'some keys are under the one before; run npx tenantry keys rewrap with MASTER_KEY_PREVIOUS',
    };
  }
  return previous
    ? { what, state: 'note', text: 'every key is under MASTER_KEY; remove MASTER_KEY_PREVIOUS at the next restart' }
    : { what, state: 'good', text: 'the one of this database; keep a copy apart from its backups' };
}

async function checkClock(client: DatabaseClient): Promise<Finding> {
  const what = 'Clock';
  const before = Date.now();
  const { rows } = await client.query<{ ms: string }>(`SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms`);
  const difference = Math.abs(Number(rows[0]?.ms) - (before + Date.now()) / 2);
  return difference <= MAX_CLOCK_DIFFERENCE_MS
    ? { what, state: 'good', text: 'the same here and at the database' }
    : { what, state: 'bad', text: `${Math.round(difference / 1000)} s apart from the database's; keep both by NTP` };
}

async function checkDurability(client: DatabaseClient): Promise<Finding[]> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'archive_mode')`,
  );
  const settingOf = (wanted: string) => rows.find(({ name }) => name === wanted)?.setting;
  const off = ['fsync', 'full_page_writes', 'synchronous_commit'].filter((name) => settingOf(name) === 'off');
  return [
    off.length === 0
      ? { what: 'Durability', state: 'good', text: 'what is answered is on the disk of the database' }
      : { what: 'Durability', state: 'bad', text: `${off.join(', ')} off: a crash loses what was answered; switch on` },
    settingOf('archive_mode') === 'off'
      ? {
          what: 'Backups',
          state: 'note',
          text: 'the database archives no changes; back it up, and MASTER_KEY apart from it',
        }
      : { what: 'Backups', state: 'good', text: 'the database archives its changes; try a restore, with MASTER_KEY' },
  ];
}

async function checkDisk(dataDir: string): Promise<Finding[]> {
  if (!existsSync(dataDir)) return [];
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${dataDir}`;
  if (free >= LEAST_FREE_BYTES) return [{ what: 'Disk', state: 'good', text }];
  return [{ what: 'Disk', state: 'bad', text: `${text}; make room before the database stops` }];
}
