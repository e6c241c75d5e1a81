import { idAt } from '../../src/database/id-at.js';
import type { TestDatabase } from '../support/database.js';

/** Rows of the tenant, and as many of another one. */
export const ROWS = 20_000;
const FEW = 3000;

const id = (n: string) =>
  `('0191b0a0-' || lpad(to_hex(${n} / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const at = (n: string) => `timestamptz '2026-01-01Z' + ${n} * interval '1 second'`;

/** What fills each list, by the columns that have no default. `$1` is the tenant. */
const FILLING: readonly string[] = [
  `INSERT INTO users (tenant_id, id, username, email, claims, enabled, email_verified, created_at)
   SELECT $1, ${id('n')}, 'User-' || n, 'mail' || n || '@example.com',
          jsonb_build_object('name', CASE WHEN n % 2 = 0 THEN 'User-' || n ELSE 'Ann' || n % 500 || ' Smith' || n END), n % 500 <> 0, n % 3 = 0, ${at('n')}
     FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO user_identifiers (tenant_id, value, user_id) SELECT $1, lower(username), id FROM users WHERE tenant_id = $1 AND username LIKE 'User-%'`,
  `INSERT INTO management_role_assignments (tenant_id, role, user_id)
   SELECT $1, 'auditor', ${id('n')} FROM generate_series(1, ${ROWS}, 20) n`,
  `INSERT INTO clients (tenant_id, client_id, client_name, application_type, token_endpoint_auth_method, grant_types,
                        response_types, redirect_uris, post_logout_redirect_uris, scope)
   SELECT $1, 'client-' || n, 'Application ' || n, 'web', 'none', '{}', '{}', '{}', '{}', '{}'
     FROM generate_series(1, ${FEW}) n`,
  `INSERT INTO apis (tenant_id, id, identifier, display_name, scopes, access_token_format, access_token_typ, introspection_client_ids)
   SELECT $1, ${id('n')}, 'https://api-' || n || '.test', 'API ' || n, '[]', 'jwt', 'at+jwt', '{}' FROM generate_series(1, ${FEW}) n`,
  `INSERT INTO invitations (tenant_id, id, version, email, attributes, tenant_admin, verification_id, sent_at, expires_at)
   SELECT $1, ${id('n')}, 1, 'Invited-' || n || '@example.com', '{}', false, gen_random_uuid(), now(), now() + interval '1 day'
     FROM generate_series(1, ${FEW}) n`,
  `INSERT INTO user_groups (tenant_id, id, name) SELECT $1, ${id('n')}, 'group-' || n FROM generate_series(1, ${FEW}) n`,
];

/** Fills the lists of a tenant and those of all tenants, without triggers. */
export async function fillLists(database: TestDatabase, tenantIds: readonly string[]): Promise<void> {
  await database.query('SET session_replication_role = replica');
  for (const tenantId of tenantIds) {
    for (const text of FILLING) await database.query(text, text.includes('$1') ? [tenantId] : []);
  }
  await database.query(
    `INSERT INTO tenants (id, slug, display_name, status, created_at)
     SELECT ${id('n')}, 'tenant-' || n, 'Company ' || n, CASE WHEN n % 100 = 0 THEN 'suspended' ELSE 'active' END, ${at('n')}
       FROM generate_series(1, ${ROWS}) n`,
  );
  await database.query(
    `INSERT INTO verified_domains (domain, tenant) SELECT 'login-' || n || '.example.com', ${id('n')} FROM generate_series(1, ${FEW}) n`,
  );
  await database.query('SET session_replication_role = origin');
  await database.query('ANALYZE');
}

/** Events of the last minutes behind those that the tenant has, each with its place in the chain. */
export async function fillChain(database: TestDatabase, tenantId: string): Promise<void> {
  await database.query(
    `WITH made AS (
       SELECT n, seq + n AS seq, date_trunc('second', now()) + n * interval '1 millisecond' AS occurred_at,
              ${idAt(`(date_trunc('second', now()) + n * interval '1 millisecond')`)} AS base
         FROM audit_chains, generate_series(1, ${ROWS}) n WHERE tenant_id = $1
     ), events AS (
       INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome)
       SELECT $1, base, occurred_at, 'user.signed_in', 'success' FROM made
     )
     INSERT INTO audit_links (tenant_id, seq, event_id, occurred_at, digest, hash, digests, salts)
     SELECT $1, seq, base, occurred_at, sha256(seq::text::bytea), sha256(seq::text::bytea), '{}', '{}' FROM made`,
    [tenantId],
  );
  await database.query(
    `UPDATE audit_chains c SET seq = l.seq, hash = l.hash
       FROM (SELECT seq, hash FROM audit_links WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1) l WHERE tenant_id = $1`,
    [tenantId],
  );
  await database.query('ANALYZE');
}
