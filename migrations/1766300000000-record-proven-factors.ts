import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A session says what was proven in it and when. A user says which second factors are set up, so that a sign-in needs no
 * further statement to know. Sessions of before have their `amr`, and their users no second factor.
 */
export class RecordProvenFactors1766300000000 implements MigrationInterface {
  readonly name = 'RecordProvenFactors1766300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sessions ADD COLUMN factors jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`ALTER TABLE users ADD COLUMN second_factors text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`
      ALTER TABLE clients ADD COLUMN require_second_factor boolean NOT NULL DEFAULT false,
        ADD COLUMN default_acr_values text[], ADD COLUMN default_max_age integer`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
