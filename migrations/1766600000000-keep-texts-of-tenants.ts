import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A tenant can replace any text of the pages and mails. Tenants of before have none of their own. */
export class KeepTextsOfTenants1766600000000 implements MigrationInterface {
  readonly name = 'KeepTextsOfTenants1766600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tenants ADD COLUMN texts jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
