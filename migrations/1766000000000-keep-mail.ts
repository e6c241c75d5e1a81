import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The outbox of mail. A mail is stored in the transaction of its cause and delivered after the commit. Content and
 * recipient are sealed with the tenant's data key; they are removed when the mail was delivered or given up.
 */
export class KeepMail1766000000000 implements MigrationInterface {
  readonly name = 'KeepMail1766000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['mails', 'mail_limits']) await runner.query(isolate(table));
    // The owner sees what waits, to tell the processes which mails are due; see claim_mails.
    await runner.query(`CREATE POLICY deliver ON mails TO CURRENT_USER USING (state = 'queued')`);
    await runner.query(CLAIM);
    await runner.query(STATE);
    for (const name of FUNCTIONS) await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const FUNCTIONS = ['claim_mails(integer, integer, uuid[], integer, uuid)', 'mail_queue_state()'];

const TABLES = `
  CREATE TABLE mails (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id         uuid NOT NULL,
    template   text NOT NULL,
    locale     text NOT NULL,
    -- The mail goes with its user.
    user_id    uuid,
    -- Recipient with most of its characters left out, for administrators.
    recipient  text NOT NULL,
    -- Recipient, values, link and code.
    content    bytea,
    -- kept: there is no SMTP server, and the mail is shown on a page of the development installation.
    state      text NOT NULL CHECK (state IN ('queued', 'kept', 'sent', 'failed')),
    attempts   integer NOT NULL DEFAULT 0,
    -- When the next attempt is due. While a process works on the mail: when it counts as lost.
    due_at     timestamptz NOT NULL DEFAULT now(),
    -- Whose attempt it is: a process that comes back late must not end the attempt of another one.
    claim      uuid,
    -- After this the mail is of no use: what it carries has expired.
    useful_until timestamptz,
    -- What the SMTP server said last.
    reply      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
  );
  CREATE INDEX mails_queued ON mails (tenant_id, due_at) WHERE state = 'queued';
  CREATE INDEX mails_by_user ON mails (tenant_id, user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX mails_by_expiry ON mails (expires_at);
  CREATE TRIGGER notify AFTER INSERT ON mails
    FOR EACH ROW EXECUTE FUNCTION notify_change('mails', 'tenant_id', 'state');

  CREATE TABLE mail_limits (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- Digest of what is counted: a recipient, a network, the tenant.
    bucket     bytea NOT NULL,
    -- When everything that was sent is forgotten. Each mail moves it by an hour divided by the limit.
    free_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, bucket)
  );
  CREATE INDEX mail_limits_by_expiry ON mail_limits (expires_at);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
    CREATE POLICY sweep ON ${table} TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;
}

/**
 * Claims due mails for one process: tenant by tenant in the order of their ids, from \`start\` on and then from the
 * beginning, a few of each. So a tenant whose mails cannot be delivered holds up nobody else's. It tells ids and nothing
 * of the content. A claimed mail is due again when the lease ends, in case the process does not live to say how it went.
 */
const CLAIM = `
  CREATE FUNCTION claim_mails(at_most integer, per_tenant integer, busy uuid[], lease_seconds integer, start uuid)
  RETURNS TABLE (tenant uuid, mail uuid, claimed_as uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    current uuid := start;
    remaining integer := at_most;
    wrapped boolean := start IS NULL;
    here integer;
    found_tenant uuid;
  BEGIN
    WHILE remaining > 0 LOOP
      SELECT m.tenant_id INTO found_tenant FROM mails m
       WHERE m.state = 'queued' AND m.due_at <= now() AND (current IS NULL OR m.tenant_id > current)
         AND (NOT wrapped OR start IS NULL OR m.tenant_id <= start)
         AND NOT (m.tenant_id = ANY (busy))
       ORDER BY m.tenant_id LIMIT 1;
      IF found_tenant IS NULL THEN
        IF wrapped THEN RETURN; END IF;
        wrapped := true;
        current := NULL;
        CONTINUE;
      END IF;
      current := found_tenant;
      RETURN QUERY
        UPDATE mails m
           SET due_at = now() + make_interval(secs => lease_seconds), attempts = m.attempts + 1, claim = gen_random_uuid()
         WHERE m.tenant_id = found_tenant AND m.state = 'queued' AND m.id = ANY (ARRAY(
           SELECT d.id FROM mails d WHERE d.tenant_id = found_tenant AND d.state = 'queued' AND d.due_at <= now()
            ORDER BY d.due_at LIMIT least(per_tenant, remaining) FOR UPDATE SKIP LOCKED))
        RETURNING m.tenant_id, m.id, m.claim;
      GET DIAGNOSTICS here = ROW_COUNT;
      remaining := remaining - here;
    END LOOP;
  END $$;`;

/** For metrics: how many mails wait, and since when the oldest of them. */
const STATE = `
  CREATE FUNCTION mail_queue_state() RETURNS TABLE (waiting bigint, oldest_seconds double precision)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path FROM CURRENT AS $$
    SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::double precision
      FROM mails WHERE state = 'queued';
  $$;`;
