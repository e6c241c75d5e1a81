import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People may ask for the deletion of their account. It is deleted at the moment that stands here. Programs of before
 * leave the column alone.
 */
export class ScheduleAccountDeletions1766500000000 implements MigrationInterface {
  readonly name = 'ScheduleAccountDeletions1766500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users ADD COLUMN deletion_scheduled_for timestamptz;
      CREATE INDEX users_by_deletion ON users (deletion_scheduled_for) WHERE deletion_scheduled_for IS NOT NULL;
      -- The owner sees whose time has come, and nobody else.
      CREATE POLICY due_deletion ON users FOR SELECT TO CURRENT_USER USING (deletion_scheduled_for <= now());

      -- Of all tenants. Whoever calls it deletes them one by one, each in its own tenant.
      CREATE FUNCTION due_account_deletions(at_most integer) RETURNS TABLE (tenant uuid, person uuid)
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT u.tenant_id, u.id FROM users u
         WHERE u.deletion_scheduled_for <= now() AND NOT u.tenant_admin
         ORDER BY u.deletion_scheduled_for LIMIT at_most
      $$;
      REVOKE ALL ON FUNCTION due_account_deletions(integer) FROM PUBLIC;`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
