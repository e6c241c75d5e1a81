import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions of the console, with the tokens that browsers never see. The client of the console does not count for the
 * quota of its tenant: it is the platform's, and a tenant at its limit must be able to sign in and make room.
 */
export class KeepConsoleSessions1767850000000 implements MigrationInterface {
  readonly name = 'KeepConsoleSessions1767850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(COUNT);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const TABLE = `
  CREATE TABLE console_sessions (
    tenant_id         uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- SHA-256 of the secret in the cookie.
    digest            bytea NOT NULL,
    user_id           uuid NOT NULL,
    -- Access and refresh token, sealed with the data key of the tenant.
    tokens            bytea NOT NULL,
    access_expires_at timestamptz NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    last_used_at      timestamptz NOT NULL DEFAULT now(),
    -- When it ends, unless it is used before.
    expires_at        timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
  );
  CREATE INDEX console_sessions_of_user ON console_sessions (tenant_id, user_id);
  CREATE INDEX console_sessions_by_expiry ON console_sessions (expires_at);
  ALTER TABLE console_sessions ENABLE ROW LEVEL SECURITY;
  ALTER TABLE console_sessions FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON console_sessions USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY sweep ON console_sessions TO CURRENT_USER USING (expires_at < now());`;

/** As before, for all but this one client, which a statement of its own makes. */
const COUNT = `
  CREATE OR REPLACE FUNCTION count_new_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    counted record;
    now_used bigint;
    allowed bigint;
  BEGIN
    IF TG_TABLE_NAME = 'clients' THEN
      IF NOT EXISTS (SELECT FROM new_rows WHERE client_id <> 'tenantry-console') THEN RETURN NULL; END IF;
    END IF;
    FOR counted IN SELECT tenant_id, count(*) AS number FROM new_rows GROUP BY tenant_id ORDER BY tenant_id LOOP
      PERFORM add_to_usage(counted.tenant_id, TG_TABLE_NAME, counted.number);
      allowed := quota_of(counted.tenant_id, TG_TABLE_NAME);
      IF allowed IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME || counted.tenant_id, 0));
        SELECT sum(used) INTO now_used FROM tenant_usage
         WHERE tenant_id = counted.tenant_id AND resource = TG_TABLE_NAME;
        IF now_used > allowed THEN
          RAISE EXCEPTION 'The tenant may have % %.', allowed, TG_TABLE_NAME
            USING ERRCODE = 'TQ001',
                  DETAIL = json_build_object('quota', TG_TABLE_NAME, 'limit', allowed, 'used', now_used - counted.number);
        END IF;
      END IF;
    END LOOP;
    RETURN NULL;
  END $$;

  CREATE OR REPLACE FUNCTION count_deleted_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    IF TG_TABLE_NAME = 'clients' THEN
      PERFORM add_to_usage(counted.tenant_id, TG_TABLE_NAME, -counted.number)
         FROM (SELECT tenant_id, count(*) AS number FROM old_rows WHERE client_id <> 'tenantry-console'
                GROUP BY tenant_id) counted;
    ELSE
      PERFORM add_to_usage(counted.tenant_id, TG_TABLE_NAME, -counted.number)
         FROM (SELECT tenant_id, count(*) AS number FROM old_rows GROUP BY tenant_id) counted;
    END IF;
    RETURN NULL;
  END $$;`;
