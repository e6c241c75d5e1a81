import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A client says which of its scopes people may leave out, and an administrator that they looked at it. A consent says
 * what was left out, so that nobody is asked for it at every sign-in.
 */
export class LetScopesBeOptional1766860000000 implements MigrationInterface {
  readonly name = 'LetScopesBeOptional1766860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE clients ADD COLUMN optional_scopes text[] NOT NULL DEFAULT '{}', ADD COLUMN reviewed_at timestamptz`);
    await runner.query(`ALTER TABLE consents ADD COLUMN declined text[] NOT NULL DEFAULT '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
