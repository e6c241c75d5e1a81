import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who follows a log by its chain gets no event that has no place in it. So each chain remembers up to which moment
 * everything has its place, and what a process left behind is found from there on, also when others have recorded
 * and sealed later events.
 */
export class FindEventsLeftBehind1767810000000 implements MigrationInterface {
  readonly name = 'FindEventsLeftBehind1767810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE audit_chains ADD COLUMN settled_at timestamptz NOT NULL DEFAULT now() - interval '1 hour'`,
    );
    await runner.query(UNSEALED);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/**
 * As before, and logs whose newest event has a place and an earlier one has not. A log that processes are sealing is
 * left to them.
 */
const UNSEALED = `
  CREATE OR REPLACE FUNCTION find_unsealed_audit_logs(after uuid, at_most integer,
                                                      OUT unsealed uuid[], OUT newest uuid[], OUT last uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    -- Of one log, and of all of one call.
    window_size constant integer := 5000;
    budget integer := 50000;
    log uuid;
    event uuid;
    chain record;
    part record;
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
      SELECT c.settled_at, c.seq > c.checkpoint_seq AND c.sealed_at < now() - interval '10 minutes' AS unsigned
        INTO chain FROM audit_chains c WHERE c.tenant_id = log;
      IF chain.unsigned IS NOT FALSE
         OR NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = log AND l.event_id = event) THEN
        unsealed := unsealed || log;
        newest := newest || event;
        CONTINUE;
      END IF;
      CONTINUE WHEN chain.settled_at > now() - interval '10 minutes';
      SELECT count(*) AS events, min(w.id::text) FILTER (WHERE NOT w.sealed) AS hidden, max(w.occurred_at) AS until
        INTO part FROM (
          SELECT e.id, e.occurred_at,
                 EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = log AND l.event_id = e.id) AS sealed
            FROM audit_events e
           WHERE e.tenant_id = log AND e.occurred_at >= chain.settled_at - interval '1 second'
             AND e.id >= (lpad(to_hex((extract(epoch FROM chain.settled_at) * 1000)::bigint), 12, '0')
                          || repeat('0', 20))::uuid
           ORDER BY e.id LIMIT window_size) w;
      budget := budget - part.events;
      IF part.hidden IS NOT NULL THEN
        unsealed := unsealed || log;
        newest := newest || part.hidden::uuid;
      ELSIF part.events > 0 THEN
        UPDATE audit_chains c
           SET settled_at = CASE WHEN part.events < window_size THEN now() - interval '1 minute'
                                 ELSE greatest(c.settled_at, part.until) END
         WHERE c.tenant_id = log;
      END IF;
      IF budget <= 0 THEN
        PERFORM set_config('app.tenant_id', '', true);
        RETURN;
      END IF;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    IF seen < at_most THEN last := NULL; END IF;
  END $$;`;
