import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which process renews the tokens of a session of the console. A lock of the row would hold a connection while the
 * renewal needs others: a few renewals at once took all of a small pool, and none of them went on.
 */
export class ClaimConsoleRenewals1767920000000 implements MigrationInterface {
  readonly name = 'ClaimConsoleRenewals1767920000000';

  async up(runner: QueryRunner): Promise<void> {
    // From then on another process may renew them: the one that began has ended.
    await runner.query('ALTER TABLE console_sessions ADD COLUMN renewing_until timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
