import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hash chain of each tenant's audit log. A link gives one committed event its place. It is written after the event,
 * so that recording does not wait for it. Retention and erasure leave the chain verifiable: a link holds digests of
 * personal values with their salts, and the salts go when the values go.
 */
export class ChainAuditEvents1767100000000 implements MigrationInterface {
  readonly name = 'ChainAuditEvents1767100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(UNSEALED);
    await runner.query(RETENTION);
    await runner.query(ERASURE);
    await runner.query('REVOKE ALL ON FUNCTION find_unsealed_audit_logs(uuid, integer) FROM PUBLIC');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;
const isolated = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;

const TABLES = `
  CREATE TABLE audit_chains (
    tenant_id     uuid PRIMARY KEY,
    -- The last link.
    seq           bigint NOT NULL DEFAULT 0,
    hash          bytea NOT NULL,
    sealed_at     timestamptz NOT NULL DEFAULT now(),
    -- The first link that is kept, and the hash before it.
    first_seq     bigint NOT NULL DEFAULT 1,
    first_hash    bytea NOT NULL,
    begun_at      timestamptz NOT NULL DEFAULT now(),
    checkpoint_seq bigint NOT NULL DEFAULT 0,
    checkpoint_at timestamptz NOT NULL DEFAULT now(),
    -- Counts erasures. What was read before one is not sealed after it.
    erasures      integer NOT NULL DEFAULT 0
  );
  CREATE TABLE audit_links (
    tenant_id   uuid NOT NULL,
    seq         bigint NOT NULL,
    event_id    uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    digest      bytea NOT NULL,
    hash        bytea NOT NULL,
    digests     jsonb,
    salts       jsonb,
    PRIMARY KEY (tenant_id, seq)
  );
  CREATE UNIQUE INDEX audit_links_by_event ON audit_links (tenant_id, event_id);
  CREATE TABLE audit_checkpoints (
    tenant_id uuid NOT NULL,
    seq       bigint NOT NULL,
    kid       text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now(),
    jws       text NOT NULL,
    PRIMARY KEY (tenant_id, seq, kid)
  );
  ${['audit_chains', 'audit_links', 'audit_checkpoints'].map(isolated).join('\n')}`;

/** Logs whose newest event has no place yet, because the process that recorded it ended; and those without a signature. */
const UNSEALED = `
  CREATE FUNCTION find_unsealed_audit_logs(after uuid, at_most integer,
                                           OUT unsealed uuid[], OUT newest uuid[], OUT last uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    log uuid;
    event uuid;
    seen integer := 0;
  BEGIN
    unsealed := '{}';
    newest := '{}';
    FOR log IN SELECT t.id FROM tenants t WHERE after IS NULL OR t.id > after ORDER BY t.id LIMIT at_most LOOP
      seen := seen + 1;
      last := log;
      PERFORM set_config('app.tenant_id', log::text, true);
      SELECT e.id INTO event FROM audit_events e WHERE e.tenant_id = log ORDER BY e.id DESC LIMIT 1;
      CONTINUE WHEN event IS NULL;
      CONTINUE WHEN EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = log AND l.event_id = event)
        AND NOT EXISTS (SELECT 1 FROM audit_chains c WHERE c.tenant_id = log AND c.seq > c.checkpoint_seq
                           AND c.sealed_at < now() - interval '10 minutes');
      unsealed := unsealed || log;
      newest := newest || event;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    IF seen < at_most THEN last := NULL; END IF;
  END $$;`;

const RETENTION = `
  -- Removes the beginning of a chain, as far as the log is not kept any more. @returns how many links
  CREATE FUNCTION shorten_audit_chain(log uuid, before timestamptz, batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    kept bigint;
    final record;
    here integer;
  BEGIN
    SELECT seq INTO kept FROM (
      SELECT seq, occurred_at FROM audit_links WHERE tenant_id = log ORDER BY seq LIMIT batch) oldest
     WHERE occurred_at >= before ORDER BY seq LIMIT 1;
    SELECT seq, hash INTO final FROM (
      SELECT seq, hash FROM audit_links WHERE tenant_id = log ORDER BY seq LIMIT batch) oldest
     WHERE kept IS NULL OR seq < kept ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN RETURN 0; END IF;
    UPDATE audit_chains SET first_seq = final.seq + 1, first_hash = final.hash WHERE tenant_id = log;
    DELETE FROM audit_links WHERE tenant_id = log AND seq <= final.seq;
    GET DIAGNOSTICS here = ROW_COUNT;
    -- The signature of the place at which the chain now begins stays.
    DELETE FROM audit_checkpoints WHERE tenant_id = log AND seq < final.seq;
    RETURN here;
  END $$;
  REVOKE ALL ON FUNCTION shorten_audit_chain(uuid, timestamptz, integer) FROM PUBLIC;

  CREATE OR REPLACE FUNCTION remove_old_audit_events(after uuid, at_most integer, batch integer, longest integer,
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

/**
 * As before, and the salts go with the values. Which members of the details are personal is said a second time in
 * src/audit-chain/sealed-event.ts.
 */
const ERASURE = `
  CREATE OR REPLACE FUNCTION forget_person(log uuid, person uuid, named text, batch integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    here integer;
    total integer := 0;
  BEGIN
    PERFORM set_config('app.tenant_id', log::text, true);
    IF EXISTS (SELECT 1 FROM audit_events o
                WHERE o.tenant_id = log AND o.user_id = person
                  AND ((o.actor IS NULL AND o.address IS NOT NULL) OR o.details ? 'identifier'
                    OR (o.type IN ('user.created', 'user.updated')
                        AND (o.details - ARRAY['changed', 'through']) <> '{}')))
       OR EXISTS (SELECT 1 FROM audit_events o WHERE o.tenant_id = log AND o.actor = named AND o.address IS NOT NULL)
    THEN
      -- What is about to be sealed was read before, so it is read again.
      INSERT INTO audit_chains (tenant_id, hash, first_hash)
      SELECT log, genesis, genesis FROM sha256(convert_to('tenantry audit log ' || log, 'UTF8')) AS genesis
      ON CONFLICT (tenant_id) DO UPDATE SET erasures = audit_chains.erasures + 1;
    ELSE
      PERFORM set_config('app.tenant_id', '', true);
      RETURN 0;
    END IF;
    WITH forgotten AS (
      UPDATE audit_events e
         SET address = CASE WHEN e.actor IS NULL THEN NULL ELSE e.address END,
             details = CASE WHEN e.type IN ('user.created', 'user.updated')
                            THEN e.details - ARRAY(SELECT member FROM jsonb_object_keys(e.details) AS member
                                                    WHERE member NOT IN ('changed', 'through'))
                            ELSE e.details - 'identifier' END
        FROM (SELECT o.id, o.occurred_at FROM audit_events o
               WHERE o.tenant_id = log AND o.user_id = person
                 AND ((o.actor IS NULL AND o.address IS NOT NULL) OR o.details ? 'identifier'
                   OR (o.type IN ('user.created', 'user.updated')
                       AND (o.details - ARRAY['changed', 'through']) <> '{}'))
               LIMIT batch) found
       WHERE e.tenant_id = log AND e.id = found.id AND e.occurred_at = found.occurred_at
      RETURNING e.id, e.address
    ), unsalted AS (
      UPDATE audit_links l
         SET salts = CASE WHEN forgotten.address IS NULL THEN NULL
                          ELSE jsonb_strip_nulls(jsonb_build_object('address', l.salts -> 'address')) END
        FROM forgotten WHERE l.tenant_id = log AND l.event_id = forgotten.id
    )
    SELECT count(*) INTO total FROM forgotten;
    WITH forgotten AS (
      UPDATE audit_events e SET address = NULL
        FROM (SELECT o.id, o.occurred_at FROM audit_events o
               WHERE o.tenant_id = log AND o.actor = named AND o.address IS NOT NULL LIMIT batch) found
       WHERE e.tenant_id = log AND e.id = found.id AND e.occurred_at = found.occurred_at
      RETURNING e.id
    ), unsalted AS (
      UPDATE audit_links l SET salts = l.salts - 'address'
        FROM forgotten WHERE l.tenant_id = log AND l.event_id = forgotten.id
    )
    SELECT count(*) INTO here FROM forgotten;
    PERFORM set_config('app.tenant_id', '', true);
    RETURN total + here;
  END $$;

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
