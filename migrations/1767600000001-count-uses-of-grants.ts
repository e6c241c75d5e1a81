import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often each client used the implicit and the password grant on each day, so that they can be retired. */
export class CountUsesOfGrants1767600000001 implements MigrationInterface {
  readonly name = 'CountUsesOfGrants1767600000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE grant_usage (
        tenant_id    uuid NOT NULL,
        client_id    text NOT NULL,
        grant_type   text NOT NULL,
        -- In UTC.
        day          date NOT NULL,
        uses         bigint NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, client_id, grant_type, day),
        FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, client_id) ON DELETE CASCADE
      );
      CREATE INDEX grant_usage_expired ON grant_usage (expires_at);
      ALTER TABLE grant_usage ENABLE ROW LEVEL SECURITY;
      ALTER TABLE grant_usage FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant_isolation ON grant_usage
        USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
        WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
      CREATE POLICY sweep ON grant_usage TO CURRENT_USER USING (expires_at < now() - interval '1 day');`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
