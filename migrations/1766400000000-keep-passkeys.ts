import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE passkeys (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    user_id         uuid NOT NULL,
    rp_id           text NOT NULL,
    credential_id   bytea NOT NULL,
    public_key      bytea NOT NULL,
    counter         bigint NOT NULL,
    transports      text[] NOT NULL,
    backup_eligible boolean NOT NULL,
    backed_up       boolean NOT NULL,
    aaguid          uuid NOT NULL,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_used_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (tenant_id, credential_id);
  CREATE INDEX passkeys_by_user ON passkeys (tenant_id, user_id);

  CREATE TABLE spent_passkey_challenges (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    digest     bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest)
  );
  CREATE INDEX spent_passkey_challenges_by_expiry ON spent_passkey_challenges (expires_at);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}

/** Passkeys of users, and the challenges that were answered, so that no answer counts twice. */
export class KeepPasskeys1766400000000 implements MigrationInterface {
  readonly name = 'KeepPasskeys1766400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(isolate('passkeys'));
    await runner.query(isolate('spent_passkey_challenges'));
    await runner.query(
      `CREATE POLICY sweep ON spent_passkey_challenges TO CURRENT_USER USING (expires_at < now() - interval '1 day')`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
