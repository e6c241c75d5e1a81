import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session that its person wanted to be remembered does not end because nobody used it for a while. */
export class RememberSessions1766860000001 implements MigrationInterface {
  readonly name = 'RememberSessions1766860000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions ADD COLUMN remembered boolean NOT NULL DEFAULT false');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
