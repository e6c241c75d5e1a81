import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people search lists by, in the form in which it is compared, and an index for each order of a list. The columns
 * are plain and compared by their bytes: under row-level security PostgreSQL uses an index only for operators that it
 * knows to leak nothing, which `LIKE` and functions of a column are not. They are computed by the database, so programs
 * of before write them too. Their tables are written anew once, and wait for that: some seconds for a million users.
 */
export class IndexLists1767820000000 implements MigrationInterface {
  readonly name = 'IndexLists1767820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SEARCH_KEY);
    await runner.query(KEYS);
    await runner.query(INDEXES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/**
 * Without case and width. ICU knows the case of all letters; where PostgreSQL was built without it, the database's own
 * collation has to do.
 */
const SEARCH_KEY = `
  DO $do$
  DECLARE
    letters text := CASE WHEN EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu' AND collnamespace = 'pg_catalog'::regnamespace)
                           THEN 'COLLATE pg_catalog."und-x-icu"' ELSE '' END;
  BEGIN
    EXECUTE format($function$
      CREATE FUNCTION search_key(given text) RETURNS text
      LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $body$
        SELECT lower(normalize(btrim(left(given, 254)), NFKC) %s)
      $body$
    $function$, letters);
  END $do$`;

const KEYS = `
  ALTER TABLE users
    ADD COLUMN username_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(username)) STORED,
    ADD COLUMN email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(search_key(email), '')) STORED,
    ADD COLUMN name_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(search_key(coalesce(
      claims ->> 'name', nullif(btrim(coalesce(claims ->> 'given_name', '') || ' ' || coalesce(claims ->> 'family_name', '')), ''))), '')) STORED,
    ADD COLUMN surname_key text COLLATE "C" GENERATED ALWAYS AS (
      search_key(coalesce(claims ->> 'family_name', substring(claims ->> 'name' FROM '\\s(\\S+)\\s*$')))) STORED;
  ALTER TABLE clients
    ADD COLUMN name_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(search_key(client_name), '')) STORED;
  ALTER TABLE apis
    ADD COLUMN name_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(display_name)) STORED;
  ALTER TABLE user_groups
    ADD COLUMN name_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(name)) STORED;
  ALTER TABLE invitations
    ADD COLUMN email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(email)) STORED;
  ALTER TABLE tenants
    ADD COLUMN name_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(display_name)) STORED;`;

const INDEXES = `
  CREATE INDEX users_by_username ON users (tenant_id, username_key, id);
  CREATE INDEX users_by_email ON users (tenant_id, email_key, id);
  CREATE INDEX users_by_name ON users (tenant_id, name_key, id);
  CREATE INDEX users_by_surname ON users (tenant_id, surname_key, id) WHERE surname_key IS NOT NULL;
  CREATE INDEX users_disabled ON users (tenant_id, id) WHERE NOT enabled;
  CREATE INDEX management_roles_by_user ON management_role_assignments (tenant_id, role, user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX clients_by_id ON clients (tenant_id, client_id COLLATE "C");
  CREATE INDEX clients_by_name ON clients (tenant_id, name_key, client_id COLLATE "C");
  CREATE INDEX apis_by_identifier ON apis (tenant_id, identifier COLLATE "C", id);
  CREATE INDEX apis_by_name ON apis (tenant_id, name_key, id);
  CREATE INDEX user_groups_by_key ON user_groups (tenant_id, name_key, id);
  CREATE INDEX invitations_by_email ON invitations (tenant_id, email_key, id);
  CREATE INDEX tenants_by_slug ON tenants (slug COLLATE "C", id);
  CREATE INDEX tenants_by_name ON tenants (name_key, id);
  CREATE INDEX tenants_suspended ON tenants (id) WHERE status = 'suspended';
  CREATE INDEX verified_domains_by_domain ON verified_domains (domain COLLATE "C", tenant);`;
