import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Programs from before the record of compatible versions (`schema_compatible_from`) do not read it. They would start on
 * this schema without a word, give tokens by the name of a scope alone, and grant themselves partitions of the audit log.
 * At their start they grant the function that is dropped here, so now that start fails. Nothing else calls it.
 */
export class StopOlderPrograms1764900000000 implements MigrationInterface {
  readonly name = 'StopOlderPrograms1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION IF EXISTS sweep_expired(integer)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
