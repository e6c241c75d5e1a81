import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A pending request remembers how it was answered and for whom, so that a form that is sent twice gets its answer again.
 * A session remembers in which browser and from which address it began, for the list on the person's account page.
 * Requests and sessions of before do not say it.
 */
export class RememberAnswersAndDevices1765200000000 implements MigrationInterface {
  readonly name = 'RememberAnswersAndDevices1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_requests ADD COLUMN decision text, ADD COLUMN decided_by uuid');
    await runner.query('ALTER TABLE sessions ADD COLUMN user_agent text, ADD COLUMN address text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
