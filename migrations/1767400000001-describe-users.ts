import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attributes of users that a tenant defines itself: what there is stands with the tenant, the values with its users. */
export class DescribeUsers1767400000001 implements MigrationInterface {
  readonly name = 'DescribeUsers1767400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenants ADD COLUMN user_attributes jsonb NOT NULL DEFAULT '[]';
      -- By the key of the definition, which is not its name: a later attribute of that name is another one.
      ALTER TABLE users ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
