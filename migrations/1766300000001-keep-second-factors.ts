import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Second factors of users: the sealed secret of an authenticator app with the last time step that was used, digests of
 * recovery codes that are left, and digests of browsers that are remembered.
 */
export class KeepSecondFactors1766300000001 implements MigrationInterface {
  readonly name = 'KeepSecondFactors1766300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_totp (
        tenant_id  uuid NOT NULL,
        user_id    uuid NOT NULL,
        secret     bytea NOT NULL,
        last_step  bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, user_id),
        FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE TABLE user_recovery_codes (
        tenant_id uuid NOT NULL,
        user_id   uuid NOT NULL,
        digest    bytea NOT NULL,
        PRIMARY KEY (tenant_id, user_id, digest),
        FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE TABLE remembered_devices (
        tenant_id  uuid NOT NULL,
        digest     bytea NOT NULL,
        user_id    uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, digest),
        FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE INDEX remembered_devices_by_user ON remembered_devices (tenant_id, user_id);
      CREATE INDEX remembered_devices_by_expiry ON remembered_devices (expires_at);`);
    for (const table of ['user_totp', 'user_recovery_codes', 'remembered_devices']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`);
    }
    await runner.query('CREATE POLICY sweep ON remembered_devices TO CURRENT_USER USING (expires_at < now())');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;
