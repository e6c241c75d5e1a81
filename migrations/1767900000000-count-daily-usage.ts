import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a tenant did, day by day, in UTC. It is counted in the statement that gives events their place in the chain of
 * the audit log, so that each is counted once. Events that have their place by now are not counted.
 */
export class CountDailyUsage1767900000000 implements MigrationInterface {
  readonly name = 'CountDailyUsage1767900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

// The row of a day is updated in place: no index has what changes.
const TABLE = `
  CREATE TABLE daily_usage (
    tenant_id       uuid NOT NULL,
    day             date NOT NULL,
    sign_ins        bigint NOT NULL DEFAULT 0,
    failed_sign_ins bigint NOT NULL DEFAULT 0,
    new_users       bigint NOT NULL DEFAULT 0,
    issued_tokens   bigint NOT NULL DEFAULT 0,
    refused_tokens  bigint NOT NULL DEFAULT 0,
    mails           bigint NOT NULL DEFAULT 0,
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day)
  ) WITH (fillfactor = 70);
  CREATE INDEX daily_usage_expired ON daily_usage (expires_at);
  ALTER TABLE daily_usage ENABLE ROW LEVEL SECURITY;
  ALTER TABLE daily_usage FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON daily_usage USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  CREATE POLICY sweep ON daily_usage TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;
