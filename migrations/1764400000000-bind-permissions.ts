import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A client's permissions are pairs of API and scopes. Until now a client had names alone, and a name reached every API
 * that had it. Each name is bound to all APIs of the tenant that have it now, so that no client loses anything. A name of
 * the management API is bound to that only where it can have meant nothing else, and in tenant `system`.
 */
export class BindPermissions1764400000000 implements MigrationInterface {
  readonly name = 'BindPermissions1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE clients ADD COLUMN permissions jsonb NOT NULL DEFAULT '[]'`);
    // What each scope was granted for; null in older grants, which kept names and resources apart.
    await runner.query('ALTER TABLE grants ADD COLUMN permissions jsonb');
    // The owner sees rows of all tenants only where row-level security is not forced. The transaction hides that.
    await runner.query('ALTER TABLE clients NO FORCE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE apis NO FORCE ROW LEVEL SECURITY');
    await runner.query(BIND, [OPENID_SCOPES, MANAGEMENT_SCOPES]);
    await runner.query('ALTER TABLE apis FORCE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE clients FORCE ROW LEVEL SECURITY');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** The names as they were when this was written; later ones were never given by name. */
const OPENID_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];
const MANAGEMENT_SCOPES = [
  ...['tenants', 'clients', 'users', 'apis', 'keys', 'consents'].flatMap((what) => [`${what}:read`, `${what}:write`]),
  'audit:read',
];

const BIND = `
  WITH names AS (
    SELECT c.tenant_id, c.client_id, t.slug, n.name, n.position
      FROM clients c
      JOIN tenants t ON t.id = c.tenant_id
      CROSS JOIN unnest(c.scope) WITH ORDINALITY AS n (name, position)
  ), at_apis AS (
    SELECT n.tenant_id, n.client_id, a.identifier AS api, n.name, n.position
      FROM names n
      JOIN apis a ON a.tenant_id = n.tenant_id AND a.scopes @> jsonb_build_array(jsonb_build_object('name', n.name))
  ), pairs AS (
    SELECT tenant_id, client_id, '' AS api, name, position FROM names WHERE name = ANY ($1::text[])
    UNION ALL
    SELECT tenant_id, client_id, api, name, position FROM at_apis
    UNION ALL
    SELECT n.tenant_id, n.client_id, 'management', n.name, n.position FROM names n
     WHERE n.name = ANY ($2::text[])
       AND (n.slug = 'system' OR NOT EXISTS (
         SELECT FROM at_apis a WHERE a.tenant_id = n.tenant_id AND a.client_id = n.client_id AND a.name = n.name))
  ), bound AS (
    SELECT tenant_id, client_id, api, jsonb_agg(name ORDER BY position) AS scopes
      FROM pairs GROUP BY tenant_id, client_id, api
  ), permissions AS (
    SELECT tenant_id, client_id, jsonb_agg(jsonb_build_object('api', api, 'scopes', scopes) ORDER BY api) AS permissions
      FROM bound GROUP BY tenant_id, client_id
  )
  UPDATE clients c SET permissions = p.permissions
    FROM permissions p WHERE p.tenant_id = c.tenant_id AND p.client_id = c.client_id`;
