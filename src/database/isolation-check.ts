import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';
import { RUNTIME_ROLE } from './runtime-role.js';
import { TABLE_PRIVILEGES } from './table-privileges.js';

interface RelationRow {
  readonly name: string;
  readonly kind: string;
  readonly is_partition: boolean;
  readonly forced: boolean;
  readonly policies: number;
  /**
   * Policies that do not ask for the tenant, for others than the table's owner and superusers. No policy binds a
   * superuser, so one for it gives nothing away.
   */
  readonly open_policies: string[];
  readonly granted: string[];
}

const KINDS: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'table',
  m: 'materialized view',
  v: 'view',
  f: 'foreign table',
};

/** Events of several tenants are written together, each row with its own tenant. */
const OPEN_ON_PURPOSE = new Set(['append_only on audit_events']);

/** Relations with a tenant in the platform's schema, and partitions of those wherever they are. */
const RELATIONS = `
  WITH RECURSIVE ours AS (
    SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION SELECT i.inhrelid FROM pg_inherits i JOIN ours ON ours.oid = i.inhparent
  )
  SELECT c.oid::regclass::text AS name, c.relkind AS kind, c.relispartition AS is_partition,
         c.relrowsecurity AND c.relforcerowsecurity AS forced,
         (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
         ARRAY(SELECT p.polname || ' on ' || c.relname FROM pg_policy p
                WHERE p.polrelid = c.oid AND p.polpermissive
                  AND EXISTS (SELECT FROM unnest(p.polroles) role WHERE role <> c.relowner
                               AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = role AND r.rolsuper))
                  AND (coalesce(pg_get_expr(p.polqual, p.polrelid), 'app.tenant_id') !~ 'app\\.tenant_id'
                    OR coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'app.tenant_id') !~ 'app\\.tenant_id')
              ) AS open_policies,
         ARRAY(SELECT DISTINCT a.privilege_type FROM aclexplode(c.relacl) a
                WHERE a.grantee <> c.relowner
                  AND (a.grantee = 0 OR EXISTS (SELECT FROM pg_roles r WHERE r.oid = a.grantee
                                                AND r.rolname = $1)) ORDER BY 1) AS granted
    FROM ours JOIN pg_class c ON c.oid = ours.oid
   WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
     AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
   ORDER BY 1`;

const DEFAULT_GRANTS = `
  SELECT 1 FROM pg_default_acl d CROSS JOIN aclexplode(d.defaclacl) a
   WHERE d.defaclobjtype = 'r' AND a.grantee <> d.defaclrole
     AND (a.grantee = 0 OR EXISTS (SELECT FROM pg_roles r WHERE r.oid = a.grantee AND r.rolname = $1))`;

/**
 * Where tenants are not kept apart: every relation with a `tenant_id`, partitions included, that lacks forced row-level
 * security or a policy, and whatever the serving role was granted without need. Each is a sentence that names it.
 */
export async function findIsolationFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<RelationRow>(RELATIONS, [RUNTIME_ROLE]);
  const { rowCount } = await client.query(DEFAULT_GRANTS, [RUNTIME_ROLE]);
  const faults = rows.flatMap(faultsOf);
  if (rowCount) faults.push(`Default privileges grant new tables to ${RUNTIME_ROLE}; take them back.`);
  return faults;
}

/** @throws ConfigError that names every relation where tenants are not kept apart */
export async function requireIsolation(client: Client): Promise<void> {
  const faults = await findIsolationFaults(client);
  if (faults.length > 0) throw new ConfigError(faults);
}

function faultsOf(relation: RelationRow): string[] {
  const { name, kind, forced, policies, granted } = relation;
  const what = `${relation.is_partition ? 'Partition' : capitalized(KINDS[kind] ?? 'relation')} ${name}`;
  const faults: string[] = [];
  if (kind === 'r' || kind === 'p') {
    if (!forced) {
      faults.push(
        `${what} has a tenant_id and no forced row-level security; ALTER TABLE ... FORCE ROW LEVEL SECURITY.`,
      );
    }
    if (policies === 0) faults.push(`${what} has a tenant_id and no policy; CREATE POLICY ... ON ${name}.`);
    const open = relation.open_policies.filter((policy) => !OPEN_ON_PURPOSE.has(policy));
    for (const policy of open) faults.push(`Policy ${policy} does not ask for app.tenant_id.`);
  }
  const needed = relation.is_partition ? [] : (TABLE_PRIVILEGES[name] ?? []);
  const unneeded = granted.filter((privilege) => !needed.includes(privilege));
  if (unneeded.length > 0) faults.push(`${what} is granted without need (${unneeded.join(', ')}); revoke it.`);
  return faults;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
