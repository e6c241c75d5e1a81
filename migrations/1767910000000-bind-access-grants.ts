import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Access grants remember which registration of a client asked for them: one that is deleted and made anew under its
 * identifier is another client. The programs of before leave the column empty.
 */
export class BindAccessGrants1767910000000 implements MigrationInterface {
  readonly name = 'BindAccessGrants1767910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access_grants ADD COLUMN operator_registration_id uuid');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
