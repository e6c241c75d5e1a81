import type { Client } from 'pg';
import { type Config, ConfigError } from '../config/config.js';
import { FUNCTION_PRIVILEGES, TABLE_PRIVILEGES } from './table-privileges.js';

/** The role that serves requests: it owns nothing, so row-level security holds for it without exception. */
export const RUNTIME_ROLE = 'tenantry_app';

const SERVER_VERSION = "current_setting('server_version_num')::integer";

/** What a database role can do, as far as tenants' isolation depends on it. */
export interface RoleReport {
  readonly role: string;
  /** Superuser or BYPASSRLS, itself or through a role it may take: row-level security does not hold for it. */
  readonly bypassesRowSecurity: boolean;
  readonly ownsTables: boolean;
  readonly mayTakeRuntimeRole: boolean;
}

/**
 * Makes the runtime role where the owner may make roles, and gives it what serving needs and no more. Runs after the
 * migrations at every start, so that a role made later by hand gets its rights too.
 */
export async function prepareRuntimeRole(owner: Client): Promise<void> {
  await owner.query(`
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${RUNTIME_ROLE}') THEN
        CREATE ROLE ${RUNTIME_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
        -- PostgreSQL 16 and later let the maker of a role hand it on, but not take it.
        EXECUTE 'GRANT ${RUNTIME_ROLE} TO CURRENT_USER'
          || CASE WHEN ${SERVER_VERSION} >= 160000 THEN ' WITH SET TRUE, INHERIT FALSE' ELSE '' END;
      END IF;
    EXCEPTION
      WHEN insufficient_privilege THEN NULL; -- this owner may not make roles; it will serve itself
      WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster was faster
    END $$`);
  if (!(await exists(owner))) return;
  await owner.query(`GRANT USAGE ON SCHEMA public TO ${RUNTIME_ROLE}`);
  await grantTables(owner);
  for (const name of FUNCTION_PRIVILEGES) {
    await owner.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${RUNTIME_ROLE}`);
  }
}

/**
 * Table by table: a grant on all of them would reach partitions too. Only what differs is changed, so that a start
 * beside processes that serve leaves the catalogue alone.
 */
async function grantTables(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; relation: string; is_partition: boolean; granted: string[] }>(
    `SELECT c.relname AS name, c.oid::regclass::text AS relation, c.relispartition AS is_partition,
            ARRAY(SELECT a.privilege_type FROM aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
                   WHERE r.rolname = $1) AS granted
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [RUNTIME_ROLE],
  );
  const changes = rows.flatMap(({ name, relation, is_partition, granted }) => {
    const needed = is_partition ? [] : (TABLE_PRIVILEGES[name] ?? []);
    const unneeded = granted.filter((privilege) => !needed.includes(privilege));
    const missing = needed.filter((privilege) => !granted.includes(privilege));
    return [
      ...unneeded.map((privilege) => `REVOKE ${privilege} ON ${relation} FROM ${RUNTIME_ROLE}`),
      ...(missing.length > 0 ? [`GRANT ${missing.join(', ')} ON ${relation} TO ${RUNTIME_ROLE}`] : []),
    ];
  });
  if (changes.length > 0) await owner.query(changes.join('; '));
}

/** The role to take for serving requests with this connection, or undefined to serve as the role of the URL. */
export async function chooseServingRole(
  client: Client,
  { production, databaseServeAsOwner }: Pick<Config, 'production' | 'databaseServeAsOwner'>,
): Promise<string | undefined> {
  const report = await reportRole(client);
  if (production && report.bypassesRowSecurity) {
    throw new ConfigError([
      `DATABASE_URL connects as ${report.role}, which is a superuser or may bypass row-level security, so nothing ` +
        'would separate the tenants in the database. Use a role made with: CREATE ROLE tenantry LOGIN PASSWORD ' +
        "'...' NOSUPERUSER NOBYPASSRLS; see docs/production.md.",
    ]);
  }
  if (!report.bypassesRowSecurity && !report.ownsTables) return undefined;
  if (report.mayTakeRuntimeRole) return RUNTIME_ROLE;
  if (production && !databaseServeAsOwner) {
    throw new ConfigError([
      `DATABASE_URL connects as ${report.role}, which owns the tables, so a fault in one statement could switch off ` +
        'what separates the tenants. Serve as a role that owns nothing and give the owner in DATABASE_OWNER_URL ' +
        '(docs/production.md), or set DATABASE_SERVE_AS_OWNER=true.',
    ]);
  }
  return undefined;
}

export async function reportRole(client: Client): Promise<RoleReport> {
  const { rows } = await client.query<{ role: string; bypasses: boolean; owns: boolean; may_take: boolean }>(
    `SELECT session_user AS role,
            EXISTS (SELECT FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls)
                    AND pg_has_role(session_user, r.oid, 'MEMBER')) AS bypasses,
            EXISTS (SELECT FROM pg_tables t WHERE t.schemaname = 'public'
                    AND pg_has_role(session_user, t.tableowner::name, 'MEMBER')) AS owns,
            EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1
                    AND pg_has_role(session_user, r.oid,
                          CASE WHEN ${SERVER_VERSION} >= 160000 THEN 'SET' ELSE 'MEMBER' END)) AS may_take`,
    [RUNTIME_ROLE],
  );
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL did not say which role this is.');
  return {
    role: row.role,
    bypassesRowSecurity: row.bypasses,
    ownsTables: row.owns,
    mayTakeRuntimeRole: row.may_take,
  };
}

async function exists(owner: Client): Promise<boolean> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [RUNTIME_ROLE]);
  return rowCount === 1;
}
