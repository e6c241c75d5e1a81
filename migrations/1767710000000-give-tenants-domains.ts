import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Domains of tenants, and slugs that a tenant had before. Which domain leads to whom, and which slug is kept for whom, is
 * asked before the tenant is known, so `verified_domains` and `former_slugs` are tables of the platform. The row of the
 * tenant repeats both (`addresses`), and is announced under all of its names. Programs of before leave all of it alone.
 */
export class GiveTenantsDomains1767710000000 implements MigrationInterface {
  readonly name = 'GiveTenantsDomains1767710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(ANNOUNCEMENT);
    await runner.query(RESERVATION);
    await runner.query(DUE);
    // Grants of before were given at any address of their tenant.
    await runner.query('ALTER TABLE grants ADD COLUMN issuer text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const TABLES = `
  CREATE TABLE tenant_domains (
    tenant_id     uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    domain        text NOT NULL,
    -- Published by whoever holds the domain, so it is no secret.
    token         text NOT NULL,
    verified_at   timestamptz,
    verified_by   text,
    is_primary    boolean NOT NULL DEFAULT false,
    -- What the last check found.
    last_check    jsonb,
    checked_at    timestamptz,
    checks        integer NOT NULL DEFAULT 0,
    -- Null: not by itself any more.
    next_check_at timestamptz,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, domain)
  );
  CREATE INDEX tenant_domains_due ON tenant_domains (next_check_at) WHERE next_check_at IS NOT NULL;
  ALTER TABLE tenant_domains ENABLE ROW LEVEL SECURITY;
  ALTER TABLE tenant_domains FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON tenant_domains USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});

  -- One tenant for each domain, on the whole platform.
  CREATE TABLE verified_domains (
    domain     text PRIMARY KEY,
    tenant     uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    is_primary boolean NOT NULL DEFAULT false,
    since      timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX verified_domains_primary ON verified_domains (tenant) WHERE is_primary;
  CREATE INDEX verified_domains_by_tenant ON verified_domains (tenant);

  -- A reservation outlives the tenant, so there is no foreign key.
  CREATE TABLE former_slugs (
    slug           text PRIMARY KEY,
    tenant         uuid NOT NULL,
    answers_until  timestamptz NOT NULL,
    reserved_until timestamptz NOT NULL
  );
  CREATE INDEX former_slugs_by_tenant ON former_slugs (tenant);

  ALTER TABLE tenants ADD COLUMN addresses jsonb NOT NULL DEFAULT '{}';`;

/** The same form as \`notify_change\` sends, once for each name under which the tenant was or is found. */
const ANNOUNCEMENT = `
  CREATE FUNCTION notify_tenant_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    version jsonb;
    name text;
  BEGIN
    FOREACH version IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
      CONTINUE WHEN version IS NULL;
      FOR name IN
        SELECT version ->> 'slug'
        UNION SELECT jsonb_array_elements_text(version #> '{addresses,domains}')
        UNION SELECT jsonb_array_elements(version #> '{addresses,formerSlugs}') ->> 'slug'
      LOOP
        PERFORM pg_notify('tenantry_changes', 'tenants:' || (version ->> 'id') || ':' || name);
      END LOOP;
    END LOOP;
    RETURN NULL;
  END $$;
  DROP TRIGGER IF EXISTS notify ON tenants;
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION notify_tenant_change();`;

/**
 * Resource servers still trust the issuer of a former slug, so nobody else gets it. Asked after the row is there, when a
 * transaction that gave the slug up has been waited for.
 */
const RESERVATION = `
  CREATE FUNCTION refuse_reserved_slug() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    IF EXISTS (SELECT FROM former_slugs WHERE slug = NEW.slug AND tenant <> NEW.id AND reserved_until > now()) THEN
      RAISE EXCEPTION 'The slug % is reserved for the tenant that had it.', NEW.slug
        USING ERRCODE = 'unique_violation', CONSTRAINT = 'former_slugs_reserved';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER reserved_slug AFTER INSERT OR UPDATE OF slug ON tenants
    FOR EACH ROW EXECUTE FUNCTION refuse_reserved_slug();`;

/** Hands out what is to be checked, and to one process at a time. */
const DUE = `
  CREATE FUNCTION claim_domain_checks(at_most integer, claim_seconds integer) RETURNS TABLE (tenant uuid, host text)
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    UPDATE tenant_domains d SET next_check_at = now() + make_interval(secs => claim_seconds)
      FROM (SELECT tenant_id, domain FROM tenant_domains
             WHERE next_check_at <= now() ORDER BY next_check_at LIMIT at_most FOR UPDATE SKIP LOCKED) due
     WHERE d.tenant_id = due.tenant_id AND d.domain = due.domain
    RETURNING d.tenant_id, d.domain
  $$;
  REVOKE ALL ON FUNCTION claim_domain_checks(integer, integer) FROM PUBLIC;
  CREATE POLICY checks ON tenant_domains TO CURRENT_USER USING (true) WITH CHECK (true);`;
