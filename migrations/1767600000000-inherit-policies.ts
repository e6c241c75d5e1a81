import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies of the operator: one of the platform, and templates that tenants are made from. Both are rows of
 * `policy_layers`, a table of the platform without a tenant, so it has no row-level security. A tenant holds only what it
 * decided itself; what it inherits is joined when it is read. Programs of before leave the new columns alone, and see
 * what the tenant decided over the defaults.
 */
export class InheritPolicies1767600000000 implements MigrationInterface {
  readonly name = 'InheritPolicies1767600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RETENTION);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** The row of the platform's own policy, which is always there. */
const PLATFORM = '00000000-0000-4000-8000-000000000001';

const TABLES = `
  CREATE TABLE policy_layers (
    id             uuid PRIMARY KEY,
    -- Null: the platform's own.
    name           text UNIQUE,
    display_name   text NOT NULL,
    description    text,
    version        integer NOT NULL,
    policy         jsonb NOT NULL DEFAULT '{}',
    -- Members of the policy that nothing below decides.
    locks          text[] NOT NULL DEFAULT '{}',
    -- What the layer said of signing algorithms before, for as long as verifiers may not know the keys of new ones.
    signing_before jsonb,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now()
  );
  INSERT INTO policy_layers (id, name, display_name, version) VALUES ('${PLATFORM}', NULL, 'Platform', 1);

  -- One announcement, however many tenants inherit it.
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON policy_layers
    FOR EACH ROW EXECUTE FUNCTION notify_change('policy_layers', 'id', 'version');

  ALTER TABLE tenants
    ADD COLUMN policy_template_id uuid REFERENCES policy_layers,
    ADD COLUMN policy_locks text[] NOT NULL DEFAULT '{}';
  CREATE INDEX tenants_by_policy_template ON tenants (policy_template_id, id) WHERE policy_template_id IS NOT NULL;`;

/** As before, with what a tenant inherits. The tables are joined, so the layers are read once and not for each tenant. */
const RETENTION = `
  CREATE VIEW audit_retention_of_tenants AS
    SELECT t.id, coalesce((CASE
             WHEN 'auditRetentionDays' = ANY (p.locks) THEN p.policy ->> 'auditRetentionDays'
             WHEN 'auditRetentionDays' = ANY (l.locks)
               THEN coalesce(l.policy ->> 'auditRetentionDays', p.policy ->> 'auditRetentionDays')
             ELSE coalesce(t.policy ->> 'auditRetentionDays', l.policy ->> 'auditRetentionDays',
                           p.policy ->> 'auditRetentionDays') END)::integer, 365) AS days
      FROM tenants t
      JOIN policy_layers p ON p.id = '${PLATFORM}'
      LEFT JOIN policy_layers l ON l.id = t.policy_template_id;

  CREATE OR REPLACE FUNCTION drop_audit_partitions(longest integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '500ms' AS $$
  DECLARE
    keep integer := (SELECT coalesce(max(least(days, longest)), longest) FROM audit_retention_of_tenants);
    name text;
    dropped integer := 0;
  BEGIN
    FOR name IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'audit_events'::regclass AND c.relname ~ '^audit_events_\\d{4}_\\d{2}$'
         AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC'
             <= now() - make_interval(days => keep)
       ORDER BY 1
    LOOP
      EXECUTE format('DROP TABLE %I', name);
      dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
  END $$;

  CREATE OR REPLACE FUNCTION remove_old_audit_events(after uuid, at_most integer, batch integer, longest integer,
                                                     OUT removed integer, OUT last uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    keep integer := (SELECT coalesce(max(least(days, longest)), longest) FROM audit_retention_of_tenants);
    tenant record;
    before timestamptz;
    here integer;
    seen integer := 0;
  BEGIN
    removed := 0;
    last := after;
    FOR tenant IN
      SELECT t.id, least(t.days, longest) AS days FROM audit_retention_of_tenants t
       WHERE after IS NULL OR t.id > after ORDER BY t.id LIMIT at_most
    LOOP
      seen := seen + 1;
      -- Who keeps the longest waits for the month to go; what is older is in the partition that takes the rest.
      before := CASE WHEN tenant.days = keep
        THEN date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(days => keep)) AT TIME ZONE 'UTC'
        ELSE now() - make_interval(days => tenant.days) END;
      PERFORM set_config('app.tenant_id', tenant.id::text, true);
      DELETE FROM audit_events e USING (
        SELECT o.id, o.occurred_at FROM audit_events o
         WHERE o.tenant_id = tenant.id AND o.occurred_at < before ORDER BY o.id LIMIT batch - removed) old
       WHERE e.tenant_id = tenant.id AND e.id = old.id AND e.occurred_at = old.occurred_at;
      GET DIAGNOSTICS here = ROW_COUNT;
      removed := removed + here;
      IF removed < batch THEN
        removed := removed + shorten_audit_chain(tenant.id, before, batch - removed);
      END IF;
      IF removed >= batch THEN
        PERFORM set_config('app.tenant_id', '', true);
        RETURN;
      END IF;
      last := tenant.id;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    IF seen < at_most THEN last := NULL; END IF;
  END $$;`;
