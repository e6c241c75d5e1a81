import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links with which somebody without an account sets a tenant up, and the sessions that they begin. Links are kept for a
 * while after they ended, so that administrators see what became of them.
 */
export class SendSetupLinks1767870000000 implements MigrationInterface {
  readonly name = 'SendSetupLinks1767870000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LINKS);
    await runner.query(SESSIONS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const LINKS = `
  CREATE TABLE setup_links (
    tenant_id             uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                    uuid NOT NULL,
    version               integer NOT NULL DEFAULT 1,
    -- SHA-256 of the token in the address.
    digest                bytea NOT NULL,
    purposes              text[] NOT NULL CHECK (cardinality(purposes) > 0),
    single_use            boolean NOT NULL,
    email                 text,
    locale                text,
    note                  text,
    -- As in audit events.
    made_by               text NOT NULL,
    -- Whose rights the link has; operators are of another tenant. Somebody who is gone has none.
    maker_tenant_id       uuid NOT NULL,
    maker_user_id         uuid,
    maker_client_id       text,
    maker_registration_id uuid,
    created_at            timestamptz NOT NULL DEFAULT now(),
    expires_at            timestamptz NOT NULL,
    opened_at             timestamptz,
    openings              integer NOT NULL DEFAULT 0,
    last_used_at          timestamptz,
    revoked_at            timestamptz,
    revoked_by            text,
    -- The last things that were done with it: [{ at, type, target }].
    done                  jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    CHECK ((maker_user_id IS NULL) <> (maker_client_id IS NULL))
  );
  CREATE INDEX setup_links_by_expiry ON setup_links (expires_at);
  ALTER TABLE setup_links ENABLE ROW LEVEL SECURITY;
  ALTER TABLE setup_links FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON setup_links USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY sweep ON setup_links TO CURRENT_USER USING (expires_at < now() - interval '90 days');`;

const SESSIONS = `
  CREATE TABLE setup_sessions (
    tenant_id    uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- SHA-256 of the secret in the cookie.
    digest       bytea NOT NULL,
    link_id      uuid NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    -- When it ends, unless it is used before.
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, link_id) REFERENCES setup_links (tenant_id, id) ON DELETE CASCADE
  );
  CREATE INDEX setup_sessions_of_link ON setup_sessions (tenant_id, link_id, created_at);
  CREATE INDEX setup_sessions_by_expiry ON setup_sessions (expires_at);
  ALTER TABLE setup_sessions ENABLE ROW LEVEL SECURITY;
  ALTER TABLE setup_sessions FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON setup_sessions USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  -- A day longer, so that whoever comes back is told what became of it.
  CREATE POLICY sweep ON setup_sessions TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;
