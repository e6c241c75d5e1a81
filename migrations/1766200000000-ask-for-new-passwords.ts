import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A user can be asked to choose a new password, and it is known when the password was last changed. */
export class AskForNewPasswords1766200000000 implements MigrationInterface {
  readonly name = 'AskForNewPasswords1766200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
                         ADD COLUMN password_changed_at timestamptz`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
