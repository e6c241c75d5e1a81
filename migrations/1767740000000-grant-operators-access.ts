import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Access grants: for how long an operator may reach into the people and secrets of a tenant, and why. They stay for a
 * good year after their end, so that the tenant sees who was there. Programs of before know no grants and need none.
 */
export class GrantOperatorsAccess1767740000000 implements MigrationInterface {
  readonly name = 'GrantOperatorsAccess1767740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(DUE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const TABLE = `
  CREATE TABLE access_grants (
    tenant_id        uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id               uuid NOT NULL,
    version          integer NOT NULL DEFAULT 1,
    -- Whom it is for, as in audit events: user:<id>@system or client:<id>@system.
    operator         text NOT NULL,
    reason           text NOT NULL,
    ticket           text,
    reach            text[] NOT NULL,
    level            text NOT NULL CHECK (level IN ('read', 'write')),
    emergency        boolean NOT NULL,
    duration_seconds integer NOT NULL,
    requested_at     timestamptz NOT NULL DEFAULT now(),
    -- Null until an owner approves it.
    begins_at        timestamptz,
    -- Of a request that nobody has approved: when it lapses.
    expires_at       timestamptz NOT NULL,
    approved_by      text,
    ended_at         timestamptz,
    ended_by         text,
    -- The log has its end.
    expiry_recorded  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id)
  );
  CREATE INDEX access_grants_by_expiry ON access_grants (expires_at);
  CREATE INDEX access_grants_to_record ON access_grants (expires_at) WHERE ended_at IS NULL AND NOT expiry_recorded;

  ALTER TABLE access_grants ENABLE ROW LEVEL SECURITY;
  ALTER TABLE access_grants FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON access_grants USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY sweep ON access_grants TO CURRENT_USER USING (expires_at < now() - interval '400 days');

  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON access_grants
    FOR EACH ROW EXECUTE FUNCTION notify_change('access_grants', 'tenant_id', 'id');`;

const DUE = `
  CREATE POLICY due_expiry ON access_grants FOR SELECT TO CURRENT_USER
    USING (expires_at <= now() AND ended_at IS NULL AND NOT expiry_recorded);

  -- Of all tenants. Whoever calls it records them one by one, each in its own tenant.
  CREATE FUNCTION due_access_grants(at_most integer) RETURNS TABLE (tenant uuid, access_grant uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT g.tenant_id, g.id FROM access_grants g
     WHERE g.expires_at <= now() AND g.ended_at IS NULL AND NOT g.expiry_recorded
     ORDER BY g.expires_at LIMIT at_most
  $$;
  REVOKE ALL ON FUNCTION due_access_grants(integer) FROM PUBLIC;`;
