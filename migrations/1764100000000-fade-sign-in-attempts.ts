import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counted sign-in attempts fade with time. */
export class FadeSignInAttempts1764100000000 implements MigrationInterface {
  readonly name = 'FadeSignInAttempts1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    // Up to when failures have faded; what has passed since is less than one of them takes.
    await runner.query('ALTER TABLE sign_in_attempts ADD COLUMN faded_at timestamptz NOT NULL DEFAULT now()');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
