import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a tenant did, day by day, in UTC. It is counted in the statement that gives events their place in the chain of
 * the audit log, so that each is counted once. Events that have their place by now are not counted. When a tenant is
 * destroyed, it goes with the log.
 */
export class CountDailyUsage1767900000000 implements MigrationInterface {
  readonly name = 'CountDailyUsage1767900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(FORGET);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

// The row of a day is updated in place: no index has what changes.
const TABLE = `
  CREATE TABLE daily_usage (
    tenant_id       uuid NOT NULL,
    day             date NOT NULL,
    sign_ins        bigint NOT NULL DEFAULT 0,
    failed_sign_ins bigint NOT NULL DEFAULT 0,
    new_users       bigint NOT NULL DEFAULT 0,
    issued_tokens   bigint NOT NULL DEFAULT 0,
    refused_tokens  bigint NOT NULL DEFAULT 0,
    mails           bigint NOT NULL DEFAULT 0,
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day)
  ) WITH (fillfactor = 70);
  CREATE INDEX daily_usage_expired ON daily_usage (expires_at);
  ALTER TABLE daily_usage ENABLE ROW LEVEL SECURITY;
  ALTER TABLE daily_usage FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON daily_usage USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY sweep ON daily_usage TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;

// As before, with the usage.
const FORGET = `
  CREATE OR REPLACE FUNCTION erase_audit_events(batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    erasure record;
    log uuid;
    here integer;
    links integer;
    more boolean;
    total integer := 0;
  BEGIN
    FOR erasure IN
      SELECT * FROM audit_erasures WHERE followed_at IS NULL OR requested_at < now() - interval '10 minutes'
       ORDER BY requested_at FOR UPDATE SKIP LOCKED
    LOOP
      EXIT WHEN total >= batch;
      more := false;
      IF erasure.subject = erasure.tenant_id THEN
        PERFORM set_config('app.tenant_id', erasure.tenant_id::text, true);
        DELETE FROM audit_events e USING (
          SELECT o.id, o.occurred_at FROM audit_events o WHERE o.tenant_id = erasure.tenant_id LIMIT batch - total) old
         WHERE e.tenant_id = erasure.tenant_id AND e.id = old.id AND e.occurred_at = old.occurred_at;
        GET DIAGNOSTICS here = ROW_COUNT;
        DELETE FROM audit_links l WHERE l.tenant_id = erasure.tenant_id AND l.seq IN (
          SELECT o.seq FROM audit_links o WHERE o.tenant_id = erasure.tenant_id LIMIT batch - total);
        GET DIAGNOSTICS links = ROW_COUNT;
        here := greatest(here, links);
        IF here = 0 THEN
          DELETE FROM audit_checkpoints WHERE tenant_id = erasure.tenant_id;
          DELETE FROM audit_chains WHERE tenant_id = erasure.tenant_id;
          -- After the chain, in the order in which events are sealed.
          DELETE FROM daily_usage WHERE tenant_id = erasure.tenant_id;
        END IF;
        PERFORM set_config('app.tenant_id', '', true);
      ELSE
        here := forget_person(erasure.tenant_id, erasure.subject, 'user:' || erasure.subject || '@' || erasure.slug,
                              batch - total);
        IF here = 0 AND erasure.slug = 'system' THEN
          FOR log IN SELECT id FROM tenants WHERE erasure.position IS NULL OR id > erasure.position
                      ORDER BY id LIMIT 200 LOOP
            here := here + forget_person(log, erasure.subject, 'user:' || erasure.subject || '@system', batch);
            -- The last one may have more than a batch, so it is searched again.
            EXIT WHEN here >= batch;
            UPDATE audit_erasures SET position = log
             WHERE tenant_id = erasure.tenant_id AND subject = erasure.subject;
            more := true;
          END LOOP;
        END IF;
      END IF;
      total := total + greatest(here, more::integer);
      CONTINUE WHEN here > 0 OR more;
      IF erasure.followed_at IS NULL THEN
        UPDATE audit_erasures SET followed_at = now(), position = NULL
         WHERE tenant_id = erasure.tenant_id AND subject = erasure.subject;
      ELSE
        DELETE FROM audit_erasures WHERE tenant_id = erasure.tenant_id AND subject = erasure.subject;
      END IF;
    END LOOP;
    RETURN total;
  END $$;`;
