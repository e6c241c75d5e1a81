import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Quotas and rate limits of tenants. What a tenant may have stands in `tenants.quotas`; that of tenant `system` is the
 * default of all others, and `system` itself has no limits. `tenant_usage` counts what each tenant has. Triggers keep it
 * and refuse what is too much (SQLSTATE TQ001), so that no way around it exists. `tenant_rates` has one row for each rate
 * that a limited tenant uses. Programs of before leave all of it alone, and are counted and refused all the same.
 */
export class LimitTenants1767500000000 implements MigrationInterface {
  readonly name = 'LimitTenants1767500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['tenant_usage', 'tenant_rates']) await runner.query(isolate(table));
    await runner.query(POLICIES_OF_OWNER);
    await runner.query(COUNT);
    for (const name of ['count_new_rows()', 'count_deleted_rows()', 'quota_of(uuid, text)']) {
      await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
    }
    // To make a trigger keeps others from writing until the commit, so nothing is missed between it and the count.
    for (const table of COUNTED) {
      await runner.query(triggers(table));
      // The owner sees rows of all tenants only where row-level security is not forced. The transaction hides that.
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`
        INSERT INTO tenant_usage (tenant_id, resource, used)
        SELECT tenant_id, '${table}', count(*) FROM ${table} GROUP BY tenant_id`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const COUNTED = ['users', 'clients', 'apis'] as const;

const TABLES = `
  -- Only what differs from the default; a number, an object or "unlimited".
  ALTER TABLE tenants ADD COLUMN quotas jsonb NOT NULL DEFAULT '{}';

  CREATE TABLE tenant_usage (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    resource  text NOT NULL,
    used      bigint NOT NULL,
    PRIMARY KEY (tenant_id, resource)
  ) WITH (fillfactor = 50);

  -- A crash of the database may forget it: then every limit begins anew.
  CREATE UNLOGGED TABLE tenant_rates (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    rate       text NOT NULL,
    -- Units that were handed out and had not come back at that moment. They come back at the rate of the limit.
    level      float8 NOT NULL,
    at         timestamptz NOT NULL,
    -- What the last lease got.
    granted    integer NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, rate)
  ) WITH (fillfactor = 50);
  CREATE INDEX tenant_rates_by_expiry ON tenant_rates (expires_at);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}

/** For the functions below and the sweeper, which are the owner's. */
const POLICIES_OF_OWNER = `
  CREATE POLICY count ON tenant_usage TO CURRENT_USER USING (true) WITH CHECK (true);
  CREATE POLICY sweep ON tenant_rates TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;

/**
 * Once for each statement, however many rows it has. The row of the counter is locked until the commit, so of two
 * transactions that want the last place one waits, and is refused when the other commits. A tenant that is being deleted
 * may have lost its counter already.
 */
const COUNT = `
  CREATE FUNCTION quota_of(tenant uuid, resource text) RETURNS bigint
  LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT CASE WHEN t.slug = 'system' THEN NULL
                ELSE nullif(coalesce(t.quotas ->> resource, s.quotas ->> resource), 'unlimited')::bigint END
      FROM tenants t LEFT JOIN tenants s ON s.slug = 'system' WHERE t.id = tenant
  $$;

  CREATE FUNCTION count_new_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    counted record;
    now_used bigint;
    allowed bigint;
  BEGIN
    FOR counted IN SELECT tenant_id, count(*) AS number FROM new_rows GROUP BY tenant_id ORDER BY tenant_id LOOP
      INSERT INTO tenant_usage AS u (tenant_id, resource, used)
      VALUES (counted.tenant_id, TG_TABLE_NAME, counted.number)
      ON CONFLICT (tenant_id, resource) DO UPDATE SET used = u.used + EXCLUDED.used
      RETURNING u.used INTO now_used;
      allowed := quota_of(counted.tenant_id, TG_TABLE_NAME);
      IF now_used > allowed THEN
        RAISE EXCEPTION 'The tenant may have % %.', allowed, TG_TABLE_NAME
          USING ERRCODE = 'TQ001',
                DETAIL = json_build_object('quota', TG_TABLE_NAME, 'limit', allowed, 'used', now_used - counted.number);
      END IF;
    END LOOP;
    RETURN NULL;
  END $$;

  CREATE FUNCTION count_deleted_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    UPDATE tenant_usage u SET used = u.used - counted.number
      FROM (SELECT tenant_id, count(*) AS number FROM old_rows GROUP BY tenant_id) counted
     WHERE u.tenant_id = counted.tenant_id AND u.resource = TG_TABLE_NAME;
    RETURN NULL;
  END $$;`;

function triggers(table: string): string {
  return `
    CREATE TRIGGER count_new AFTER INSERT ON ${table} REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION count_new_rows();
    CREATE TRIGGER count_deleted AFTER DELETE ON ${table} REFERENCING OLD TABLE AS old_rows
      FOR EACH STATEMENT EXECUTE FUNCTION count_deleted_rows();`;
}
