import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';
import { migrations, OLDEST_COMPATIBLE_MIGRATION } from './data-source.js';

const migrationNames: readonly string[] = migrations.map((Migration) => new Migration().name);

/** Name in `platform_settings` of the oldest newest-known migration that a program may have and still serve. */
const COMPATIBLE_FROM = 'schema_compatible_from';

/** What the schema of a database is to this program. */
export interface SchemaState {
  /** Name of the newest migration that was applied; undefined: the database is empty. */
  readonly newest: string | undefined;
  /** Migrations of this program that the database does not have. */
  readonly pending: readonly string[];
  /** Migrations of the database that this program does not know: a newer version made them. */
  readonly unknown: readonly string[];
  /** Timestamp that this program's newest migration must have at least. */
  readonly compatibleFrom: number;
  /** Whether this role owns the tables, or may make them. */
  readonly mayMigrate: boolean;
}

export async function readSchemaState(client: Client): Promise<SchemaState> {
  const { rows } = await client.query<{ migrated: boolean; owner: boolean; may_create: boolean }>(
    `SELECT t.tablename IS NOT NULL AS migrated,
            coalesce(pg_has_role(current_user, t.tableowner::name, 'USAGE'), false) AS owner,
            has_schema_privilege('public', 'CREATE') AS may_create
       FROM (SELECT) one LEFT JOIN pg_tables t ON t.schemaname = 'public' AND t.tablename = 'schema_migrations'`,
  );
  const [found] = rows;
  if (!found?.migrated) {
    const mayMigrate = found?.may_create ?? false;
    return { newest: undefined, pending: migrationNames, unknown: [], compatibleFrom: 0, mayMigrate };
  }
  const applied = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY timestamp, id');
  const names = applied.rows.map(({ name }) => name);
  const settings = await client.query<{ value: unknown }>(
    `SELECT value FROM platform_settings WHERE name = '${COMPATIBLE_FROM}'`,
  );
  return {
    newest: names.at(-1),
    pending: migrationNames.filter((name) => !names.includes(name)),
    unknown: names.filter((name) => !migrationNames.includes(name)),
    compatibleFrom: Number(settings.rows[0]?.value ?? 0),
    mayMigrate: found.owner,
  };
}

/**
 * Whether this program may serve on a schema that newer code made: versions run side by side while they are replaced,
 * as long as the newer one declares that its schema still fits.
 * @throws ConfigError that names both versions
 */
export function refuseNewerSchema({ newest, unknown, pending, compatibleFrom }: SchemaState): void {
  if (unknown.length === 0) return;
  const known = migrationNames.at(-1) ?? 'none';
  if (pending.length > 0) {
    throw new ConfigError([
      `The database's schema is of another line of versions: it has ${unknown.join(', ')}, which this program does ` +
        `not know, and lacks ${pending.join(', ')}. Start the version that last ran on it.`,
    ]);
  }
  if (timestampOf(known) >= compatibleFrom) return;
  throw new ConfigError([
    `The database's schema is newer than this program: it is at ${newest}, which works with programs that know ` +
      `migration ${compatibleFrom} or newer, and this one knows ${known}. Start the newer version of Tenantry.`,
  ]);
}

/** @throws ConfigError when this role may not bring an older schema up to date */
export function refuseToMigrate({ newest, pending, mayMigrate }: SchemaState): void {
  if (pending.length === 0 || mayMigrate) return;
  throw new ConfigError([
    `The database's schema is older than this program: it is at ${newest ?? 'nothing'} and needs ` +
      `${pending.join(', ')}, and this role does not own the tables. Set DATABASE_OWNER_URL to the role that does.`,
  ]);
}

/** Stores which versions of the program may still serve on the present schema. The stored value only rises. */
export async function declareCompatibility(owner: Client, { compatibleFrom }: SchemaState): Promise<void> {
  if (compatibleFrom >= OLDEST_COMPATIBLE_MIGRATION) return;
  await owner.query(
    `INSERT INTO platform_settings (name, value) VALUES ('${COMPATIBLE_FROM}', to_jsonb($1::bigint))
     ON CONFLICT (name) DO UPDATE SET value = to_jsonb(greatest((platform_settings.value)::bigint, $1::bigint))`,
    [OLDEST_COMPATIBLE_MIGRATION],
  );
}

/** TypeORM's names of migrations end with their time. */
function timestampOf(name: string): number {
  return Number(/\d{13}$/.exec(name)?.[0] ?? 0);
}
