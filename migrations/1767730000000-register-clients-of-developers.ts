import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients that developers register: what they propose, who owns them, and whom they ask to own them as well. */
export class RegisterClientsOfDevelopers1767730000000 implements MigrationInterface {
  readonly name = 'RegisterClientsOfDevelopers1767730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['client_registrations', 'client_registration_owners', 'client_owner_invitations']) {
      await runner.query(isolate(table));
    }
    await runner.query(
      `CREATE POLICY sweep ON client_owner_invitations TO CURRENT_USER USING (expires_at < now() - interval '1 day')`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const TABLES = `
  CREATE TABLE client_registrations (
    tenant_id      uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id             uuid NOT NULL,
    -- The identifier that the client has from the draft on.
    client_id      text NOT NULL,
    -- The same once the client exists. Whoever deletes the client deletes its registration.
    live_client_id text,
    state          text NOT NULL CHECK (state IN ('draft', 'pending', 'approved', 'rejected')),
    -- What is asked for; null once it is what the client has.
    proposal       jsonb,
    -- Why it was rejected.
    reason         text,
    -- As in audit events.
    submitted_by   text,
    submitted_at   timestamptz,
    decided_by     text,
    decided_at     timestamptz,
    version        integer NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (state = 'approved' OR proposal IS NOT NULL),
    CHECK (state <> 'approved' OR live_client_id IS NOT NULL),
    FOREIGN KEY (tenant_id, live_client_id) REFERENCES clients (tenant_id, client_id) ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX client_registrations_by_client ON client_registrations (tenant_id, client_id);
  CREATE UNIQUE INDEX client_registrations_by_live_client ON client_registrations (tenant_id, live_client_id);
  CREATE INDEX client_registrations_by_state ON client_registrations (tenant_id, state, id);

  CREATE TABLE client_registration_owners (
    tenant_id       uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    registration_id uuid NOT NULL,
    user_id         uuid NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, registration_id, user_id),
    FOREIGN KEY (tenant_id, registration_id) REFERENCES client_registrations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
  );
  CREATE INDEX client_registration_owners_by_user ON client_registration_owners (tenant_id, user_id, registration_id);

  CREATE TABLE client_owner_invitations (
    tenant_id       uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id              uuid NOT NULL,
    registration_id uuid NOT NULL,
    -- As it was typed, and as it is compared. Whether anybody has it is not looked up, so nobody is told.
    invited         text NOT NULL,
    identifier      text NOT NULL,
    invited_by      uuid NOT NULL,
    -- Who asked is an owner no longer when it is accepted.
    transfer        boolean NOT NULL,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    -- It ends with the ownership of whoever asked.
    FOREIGN KEY (tenant_id, registration_id, invited_by) REFERENCES client_registration_owners ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX client_owner_invitations_by_registration
    ON client_owner_invitations (tenant_id, registration_id, identifier);
  CREATE INDEX client_owner_invitations_by_inviter
    ON client_owner_invitations (tenant_id, registration_id, invited_by);
  CREATE INDEX client_owner_invitations_by_identifier ON client_owner_invitations (tenant_id, identifier);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}
