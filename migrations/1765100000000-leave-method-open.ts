import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A client that registered no authentication method has none in its row, and may send its secret in either way. Rows
 * that are there keep the method that was written for them.
 */
export class LeaveMethodOpen1765100000000 implements MigrationInterface {
  readonly name = 'LeaveMethodOpen1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE clients ALTER COLUMN token_endpoint_auth_method DROP NOT NULL');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
