import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A grant that was given at the token endpoint says by which grant type, so that it ends when that is forbidden. Older
 * grants do not say it and go on until they expire.
 */
export class NameOriginOfGrants1764500000000 implements MigrationInterface {
  readonly name = 'NameOriginOfGrants1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE grants ADD COLUMN grant_type text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
