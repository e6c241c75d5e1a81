import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks: endpoints of a tenant, and one delivery for each event that an endpoint wants. A trigger writes deliveries in
 * the transaction that writes the event, so there is neither without the other. A delivery refers to its event and has
 * no copy of it: what the log forgets is not delivered either.
 */
export class DeliverEvents1767200000000 implements MigrationInterface {
  readonly name = 'DeliverEvents1767200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['webhook_endpoints', 'webhook_deliveries']) await runner.query(isolate(table));
    await runner.query(POLICIES_OF_OWNER);
    await runner.query(EMIT);
    await runner.query(FORGET);
    await runner.query(CLAIM);
    await runner.query(STATE);
    for (const name of FUNCTIONS) await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const FUNCTIONS = [
  'emit_webhooks()',
  'forget_webhook_deliveries()',
  'claim_webhook_deliveries(integer, integer, integer, uuid[], integer, uuid, uuid)',
  'webhook_queue_state()',
];

const TABLES = `
  CREATE TABLE webhook_endpoints (
    tenant_id   uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id          uuid NOT NULL,
    url         text NOT NULL,
    description text,
    -- Exact types, and all of a resource as \`user.*\`. Empty: every event.
    event_types text[] NOT NULL DEFAULT '{}',
    enabled     boolean NOT NULL DEFAULT true,
    -- Why the platform disabled it; null when a person did.
    disabled_reason text CHECK (disabled_reason IN ('gone', 'failing')),
    -- Since the first failed attempt after the last successful one.
    failing_since timestamptz,
    -- Sealed with the data key of the tenant.
    secret          bytea NOT NULL,
    previous_secret bytea,
    -- Until then both secrets sign.
    previous_until  timestamptz,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
  );

  -- Without foreign keys: storing an event must not wait for an endpoint that is being deleted, nor fail because of it.
  CREATE TABLE webhook_deliveries (
    tenant_id   uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    -- Of the event. Ids are ordered by time.
    id          uuid NOT NULL,
    type        text NOT NULL,
    occurred_at timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'delivered', 'failed')),
    attempts    integer NOT NULL DEFAULT 0,
    -- When the next attempt is due. While a process works on it: when the attempt counts as lost.
    due_at      timestamptz NOT NULL DEFAULT now(),
    -- Whose attempt it is: a process that comes back late must not end the attempt of another one.
    claim       uuid,
    -- What the receiver answered last, or why it did not.
    status      integer,
    error       text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    expires_at  timestamptz NOT NULL DEFAULT now() + interval '29 days',
    PRIMARY KEY (tenant_id, endpoint_id, id)
  );
  CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (tenant_id, endpoint_id, due_at) WHERE state = 'queued';
  CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (tenant_id, endpoint_id, state, id);
  CREATE INDEX webhook_deliveries_by_type ON webhook_deliveries (tenant_id, endpoint_id, type, id);
  CREATE INDEX webhook_deliveries_by_expiry ON webhook_deliveries (expires_at);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}

/** For the functions below, which are the owner's. */
const POLICIES_OF_OWNER = `
  CREATE POLICY emit ON webhook_endpoints FOR SELECT TO CURRENT_USER USING (true);
  CREATE POLICY deliver ON webhook_deliveries TO CURRENT_USER USING (true) WITH CHECK (true);
  CREATE POLICY sweep ON webhook_deliveries TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;

/**
 * Once for each statement that stores events. Event by event the endpoints of its tenant are looked up by the primary
 * key, so a tenant without endpoints costs one probe. It reads no row of the log, so it holds for every partition.
 */
const EMIT = `
  CREATE FUNCTION emit_webhooks() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan = off AS $$
  BEGIN
    INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at)
    SELECT event.tenant_id, endpoint.id, event.id, event.type, event.occurred_at
      FROM stored_events event
      CROSS JOIN LATERAL (
        SELECT e.id, e.event_types FROM webhook_endpoints e WHERE e.tenant_id = event.tenant_id AND e.enabled OFFSET 0
      ) endpoint
     WHERE cardinality(endpoint.event_types) = 0
        OR event.type = ANY (endpoint.event_types)
        OR split_part(event.type, '.', 1) || '.*' = ANY (endpoint.event_types)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      PERFORM pg_notify('tenantry_changes', 'webhook_deliveries:' || (SELECT tenant_id FROM stored_events LIMIT 1) || ':queued');
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER emit_webhooks AFTER INSERT ON audit_events REFERENCING NEW TABLE AS stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION emit_webhooks();`;

/** Also when the tenant goes. An event that was stored at that moment is forgotten by claim_webhook_deliveries. */
const FORGET = `
  CREATE FUNCTION forget_webhook_deliveries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    DELETE FROM webhook_deliveries d USING deleted_endpoints e WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER forget_deliveries AFTER DELETE ON webhook_endpoints REFERENCING OLD TABLE AS deleted_endpoints
    FOR EACH STATEMENT EXECUTE FUNCTION forget_webhook_deliveries();`;

/**
 * Claims due deliveries for one process: endpoint by endpoint in the order of their ids, from the given one on and then
 * from the beginning, a few of each endpoint and of each tenant. So a receiver that does not answer holds up nobody
 * else's. \`busy\` names endpoints and tenants that have all they may have. It steps over an endpoint in one probe of the
 * index, however many deliveries wait there. A claimed delivery is due again when the lease ends, in case the process
 * does not live to say how it went. What waits for an endpoint that was disabled is given up; of one that is gone,
 * forgotten. A suspended tenant's deliveries wait.
 */
const CLAIM = `
  CREATE FUNCTION claim_webhook_deliveries(at_most integer, per_endpoint integer, per_tenant integer, busy uuid[],
                                           lease_seconds integer, start_tenant uuid, start_endpoint uuid)
  RETURNS TABLE (tenant uuid, endpoint uuid, delivery uuid, claimed_as uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    first CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    last CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    batch CONSTANT integer := 1000;
    current_tenant uuid := coalesce(start_tenant, first);
    current_endpoint uuid := coalesce(start_endpoint, first);
    wrapped boolean := start_tenant IS NULL;
    remaining integer := at_most;
    of_tenant integer := 0;
    steps integer := 0;
    here integer;
    next record;
    receives boolean;
  BEGIN
    WHILE remaining > 0 AND steps < 5000 LOOP
      steps := steps + 1;
      SELECT d.tenant_id, d.endpoint_id, d.due_at INTO next FROM webhook_deliveries d
       WHERE d.state = 'queued' AND (d.tenant_id, d.endpoint_id) > (current_tenant, current_endpoint)
       ORDER BY d.tenant_id, d.endpoint_id, d.due_at LIMIT 1;
      IF NOT FOUND THEN
        IF wrapped THEN RETURN; END IF;
        wrapped := true;
        current_tenant := first;
        current_endpoint := first;
        CONTINUE;
      END IF;
      IF wrapped AND (next.tenant_id, next.endpoint_id) > (start_tenant, start_endpoint) THEN RETURN; END IF;
      IF next.tenant_id <> current_tenant THEN of_tenant := 0; END IF;
      current_tenant := next.tenant_id;
      current_endpoint := next.endpoint_id;
      CONTINUE WHEN next.due_at > now() OR next.endpoint_id = ANY (busy);
      IF next.tenant_id = ANY (busy) THEN
        current_endpoint := last;
        CONTINUE;
      END IF;
      SELECT e.enabled INTO receives FROM webhook_endpoints e
       WHERE e.tenant_id = current_tenant AND e.id = current_endpoint;
      IF receives IS NULL THEN
        DELETE FROM webhook_deliveries d WHERE d.tenant_id = current_tenant AND d.endpoint_id = current_endpoint
           AND d.id = ANY (ARRAY(
             SELECT q.id FROM webhook_deliveries q WHERE q.tenant_id = current_tenant AND q.endpoint_id = current_endpoint
              LIMIT batch FOR UPDATE SKIP LOCKED));
        CONTINUE;
      END IF;
      IF NOT receives THEN
        UPDATE webhook_deliveries d
           SET state = 'failed', claim = NULL, ended_at = now(), status = NULL, error = 'The webhook was disabled.'
         WHERE d.tenant_id = current_tenant AND d.endpoint_id = current_endpoint AND d.id = ANY (ARRAY(
             SELECT q.id FROM webhook_deliveries q WHERE q.tenant_id = current_tenant AND q.endpoint_id = current_endpoint
                AND q.state = 'queued' AND q.due_at <= now() LIMIT batch FOR UPDATE SKIP LOCKED));
        CONTINUE;
      END IF;
      IF NOT EXISTS (SELECT FROM tenants t WHERE t.id = current_tenant AND t.status = 'active') THEN
        current_endpoint := last;
        CONTINUE;
      END IF;
      RETURN QUERY
        UPDATE webhook_deliveries d
           SET due_at = now() + make_interval(secs => lease_seconds), attempts = d.attempts + 1, claim = gen_random_uuid()
         WHERE d.tenant_id = current_tenant AND d.endpoint_id = current_endpoint AND d.state = 'queued'
           AND d.id = ANY (ARRAY(
             SELECT q.id FROM webhook_deliveries q WHERE q.tenant_id = current_tenant AND q.endpoint_id = current_endpoint
                AND q.state = 'queued' AND q.due_at <= now()
              ORDER BY q.due_at LIMIT least(per_endpoint, per_tenant - of_tenant, remaining) FOR UPDATE SKIP LOCKED))
        RETURNING d.tenant_id, d.endpoint_id, d.id, d.claim;
      GET DIAGNOSTICS here = ROW_COUNT;
      remaining := remaining - here;
      of_tenant := of_tenant + here;
      IF of_tenant >= per_tenant THEN current_endpoint := last; END IF;
    END LOOP;
  END $$;`;

/** For metrics: how many deliveries wait, and for how long the one has been due that should have gone first. */
const STATE = `
  CREATE FUNCTION webhook_queue_state() RETURNS TABLE (waiting bigint, overdue_seconds double precision)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path FROM CURRENT AS $$
    SELECT count(*), greatest(coalesce(extract(epoch FROM now() - min(d.due_at)), 0), 0)::double precision
      FROM webhook_deliveries d JOIN tenants t ON t.id = d.tenant_id AND t.status = 'active' WHERE d.state = 'queued';
  $$;`;
