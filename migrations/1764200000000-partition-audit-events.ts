import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log in monthly partitions, with an index for each filter, a retention for each tenant, and the erasure of
 * deleted users and tenants. Whoever serves requests reaches the partitions through `audit_events` alone: row-level
 * security of the parent does not hold for a partition that is named directly, so each has its own, and no grants.
 */
export class PartitionAuditEvents1764200000000 implements MigrationInterface {
  readonly name = 'PartitionAuditEvents1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SET_ASIDE);
    await runner.query(PARTITIONED);
    await runner.query(UPKEEP_OF_PARTITIONS);
    await runner.query(MOVE);
    await runner.query(RETENTION);
    await runner.query(ERASURE);
    await runner.query(SWEEP);
    for (const name of FUNCTIONS) await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const FUNCTIONS = [
  'create_audit_partition(date)',
  'prepare_audit_partitions()',
  'audit_retention(jsonb, integer)',
  'drop_audit_partitions(integer)',
  'remove_old_audit_events(uuid, integer, integer, integer)',
  'forget_person(uuid, uuid, text, integer)',
  'erase_audit_events(integer)',
  'remember_erasure()',
  'expiring_tables()',
  'sweep_expired(text, integer)',
];

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

// The owner is held to row-level security too, and has to see what it moves.
const SET_ASIDE = `
  ALTER TABLE audit_events RENAME TO audit_events_before;
  ALTER TABLE audit_events_before RENAME CONSTRAINT audit_events_pkey TO audit_events_before_pkey;
  DROP INDEX audit_events_by_time;
  ALTER TABLE audit_events_before NO FORCE ROW LEVEL SECURITY;`;

// Ids are UUIDs of version 7, so an index that ends in the id gives the newest first.
const PARTITIONED = `
  CREATE TABLE audit_events (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    type        text NOT NULL,
    outcome     text NOT NULL,
    actor       text,
    client_id   text,
    user_id     uuid,
    target      text,
    address     text,
    request_id  text,
    details     jsonb,
    CONSTRAINT audit_events_pkey PRIMARY KEY (tenant_id, id, occurred_at)
  ) PARTITION BY RANGE (occurred_at);
  CREATE INDEX audit_events_by_type ON audit_events (tenant_id, type, id);
  CREATE INDEX audit_events_by_outcome ON audit_events (tenant_id, outcome, id);
  CREATE INDEX audit_events_by_user ON audit_events (tenant_id, user_id, id) WHERE user_id IS NOT NULL;
  CREATE INDEX audit_events_by_client ON audit_events (tenant_id, client_id, id) WHERE client_id IS NOT NULL;
  CREATE INDEX audit_events_by_address ON audit_events (tenant_id, address, id) WHERE address IS NOT NULL;
  CREATE INDEX audit_events_by_request ON audit_events (tenant_id, request_id) WHERE request_id IS NOT NULL;
  CREATE INDEX audit_events_by_actor ON audit_events (tenant_id, actor) WHERE actor IS NOT NULL;

  ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON audit_events FOR SELECT USING (${OF_THIS_TENANT});
  CREATE POLICY append_only ON audit_events FOR INSERT WITH CHECK (true);
  -- For the functions below. They name the tenant first, as everybody has to.
  CREATE POLICY retention ON audit_events FOR DELETE TO CURRENT_USER USING (${OF_THIS_TENANT});
  CREATE POLICY erasure ON audit_events FOR UPDATE TO CURRENT_USER
    USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});

  -- Takes what no month takes, so that an insert never fails.
  CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;
  ALTER TABLE audit_events_default ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit_events_default FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON audit_events_default FOR SELECT USING (${OF_THIS_TENANT});`;

/** Months are those of UTC. Attaching locks the parent only against other changes of its shape. */
const UPKEEP_OF_PARTITIONS = `
  CREATE FUNCTION create_audit_partition(month date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '500ms' AS $$
  DECLARE
    name text := 'audit_events_' || to_char(month, 'YYYY_MM');
    begins timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
  BEGIN
    IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE audit_events INCLUDING DEFAULTS,
      CONSTRAINT in_month CHECK (occurred_at >= %L AND occurred_at < %L))', name, begins, ends);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I FOR SELECT USING (${OF_THIS_TENANT.replaceAll("'", "''")})', name);
    -- Events of the month that came before its partition.
    LOCK TABLE audit_events_default IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE audit_events_default NO FORCE ROW LEVEL SECURITY;
    EXECUTE format('WITH moved AS (
        DELETE FROM audit_events_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *)
      INSERT INTO %I SELECT * FROM moved', begins, ends, name);
    ALTER TABLE audit_events_default FORCE ROW LEVEL SECURITY;
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE audit_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT in_month', name);
    RETURN true;
  END $$;

  -- This month and the next two. One process at a time; the others have nothing to do.
  CREATE FUNCTION prepare_audit_partitions() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    created integer := 0;
  BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tenantry audit partitions', 0)) THEN RETURN 0; END IF;
    FOR ahead IN 0..2 LOOP
      IF create_audit_partition(((now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date) THEN
        created := created + 1;
      END IF;
    END LOOP;
    RETURN created;
  END $$;`;

const MOVE = `
  DO $$
  DECLARE
    month date := (SELECT date_trunc('month', min(occurred_at) AT TIME ZONE 'UTC') FROM audit_events_before);
  BEGIN
    WHILE month < now() AT TIME ZONE 'UTC' LOOP
      PERFORM create_audit_partition(month);
      month := month + interval '1 month';
    END LOOP;
    PERFORM prepare_audit_partitions();
  END $$;
  INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome, actor, client_id, user_id, target, address,
                            request_id, details)
  SELECT tenant_id, id, occurred_at, type, outcome, actor, client_id, user_id, target, address, request_id, details
    FROM audit_events_before;
  DROP TABLE audit_events_before;`;

/**
 * A month goes as a whole when no tenant needs it any more. Tenants that keep less than the others have their rows
 * removed in batches. \`longest\` is the platform's own limit in days.
 */
const RETENTION = `
  CREATE FUNCTION audit_retention(policy jsonb, longest integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
    $$ SELECT least(coalesce((policy ->> 'auditRetentionDays')::integer, 365), longest) $$;

  CREATE FUNCTION drop_audit_partitions(longest integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '500ms' AS $$
  DECLARE
    keep integer := (SELECT coalesce(max(audit_retention(policy, longest)), longest) FROM tenants);
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

  -- Tenants in the order of their ids: \`last\` is where the next call goes on, null when all were seen.
  CREATE FUNCTION remove_old_audit_events(after uuid, at_most integer, batch integer, longest integer,
                                          OUT removed integer, OUT last uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    keep integer := (SELECT coalesce(max(audit_retention(t.policy, longest)), longest) FROM tenants t);
    tenant record;
    before timestamptz;
    here integer;
    seen integer := 0;
  BEGIN
    removed := 0;
    last := after;
    FOR tenant IN
      SELECT t.id, audit_retention(t.policy, longest) AS days FROM tenants t
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
      IF removed >= batch THEN
        PERFORM set_config('app.tenant_id', '', true);
        RETURN;
      END IF;
      last := tenant.id;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    IF seen < at_most THEN last := NULL; END IF;
  END $$;`;

/**
 * Deletions are remembered by their own transaction, and followed up in batches. A second pass comes ten minutes later,
 * for what other processes were still writing at the time. The subject is a user, or the tenant itself.
 */
const ERASURE = `
  CREATE TABLE audit_erasures (
    tenant_id    uuid NOT NULL,
    subject      uuid NOT NULL,
    -- The tenant's slug, which names the user in the logs of the tenants they managed.
    slug         text,
    requested_at timestamptz NOT NULL DEFAULT now(),
    -- When the first pass found nothing more.
    followed_at  timestamptz,
    -- The tenant whose log was searched last, for an operator.
    position     uuid,
    PRIMARY KEY (tenant_id, subject)
  );
  ALTER TABLE audit_erasures ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit_erasures FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON audit_erasures USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY upkeep ON audit_erasures TO CURRENT_USER USING (true) WITH CHECK (true);

  CREATE FUNCTION remember_erasure() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    IF TG_ARGV[0] = 'tenant' THEN
      DELETE FROM audit_erasures WHERE tenant_id = OLD.id;
      INSERT INTO audit_erasures (tenant_id, subject) VALUES (OLD.id, OLD.id);
    ELSE
      -- With their tenant gone there is nothing left to search one by one.
      INSERT INTO audit_erasures (tenant_id, subject, slug)
      SELECT OLD.tenant_id, OLD.id, slug FROM tenants WHERE id = OLD.tenant_id
      ON CONFLICT (tenant_id, subject) DO UPDATE SET requested_at = now(), followed_at = NULL, position = NULL;
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER remember_erasure AFTER DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION remember_erasure('tenant');
  CREATE TRIGGER remember_erasure AFTER DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION remember_erasure('user');

  -- In the log of one tenant: what happened stays, with the id; typed names, data and addresses go.
  CREATE FUNCTION forget_person(log uuid, person uuid, named text, batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    here integer;
    total integer := 0;
  BEGIN
    PERFORM set_config('app.tenant_id', log::text, true);
    UPDATE audit_events e
       SET address = CASE WHEN e.actor IS NULL THEN NULL ELSE e.address END,
           details = CASE WHEN e.type IN ('user.created', 'user.updated')
                          THEN jsonb_build_object('changed', e.details -> 'changed')
                          ELSE e.details - 'identifier' END
      FROM (SELECT o.id, o.occurred_at FROM audit_events o
             WHERE o.tenant_id = log AND o.user_id = person
               AND ((o.actor IS NULL AND o.address IS NOT NULL) OR o.details ? 'identifier'
                 OR (o.type IN ('user.created', 'user.updated')
                     AND o.details <> jsonb_build_object('changed', o.details -> 'changed')))
             LIMIT batch) found
     WHERE e.tenant_id = log AND e.id = found.id AND e.occurred_at = found.occurred_at;
    GET DIAGNOSTICS total = ROW_COUNT;
    UPDATE audit_events e SET address = NULL
      FROM (SELECT o.id, o.occurred_at FROM audit_events o
             WHERE o.tenant_id = log AND o.actor = named AND o.address IS NOT NULL LIMIT batch) found
     WHERE e.tenant_id = log AND e.id = found.id AND e.occurred_at = found.occurred_at;
    GET DIAGNOSTICS here = ROW_COUNT;
    PERFORM set_config('app.tenant_id', '', true);
    RETURN total + here;
  END $$;

  CREATE FUNCTION erase_audit_events(batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    erasure record;
    log uuid;
    here integer;
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

/**
 * What expires is every table whose rows the policy \`sweep\` gives to its owner: a new table is swept by having one.
 * Processes at the same table skip each other's rows.
 */
const SWEEP = `
  CREATE FUNCTION expiring_tables() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT tablename::text FROM pg_policies WHERE schemaname = 'public' AND policyname = 'sweep' ORDER BY 1 $$;

  CREATE FUNCTION sweep_expired(name text, batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    removed integer;
  BEGIN
    IF name NOT IN (SELECT expiring_tables()) THEN RAISE EXCEPTION 'Nothing expires in %.', name; END IF;
    EXECUTE format('DELETE FROM %I WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM %I WHERE expires_at < now() - interval ''1 day'' ORDER BY expires_at LIMIT $1
      FOR UPDATE SKIP LOCKED))', name, name)
      USING batch;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
  END $$;`;
