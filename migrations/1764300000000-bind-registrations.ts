import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was given to one registration of a client is not inherited by the next one under the same identifier, and an
 * answer that is kept under an Idempotency-Key is shown only to who could have asked for it.
 */
export class BindRegistrations1764300000000 implements MigrationInterface {
  readonly name = 'BindRegistrations1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE clients ADD COLUMN registration_id uuid NOT NULL DEFAULT gen_random_uuid()');
    // What the access token of the first request allowed. Keys from before are compared in another way, and refused.
    await runner.query(`ALTER TABLE idempotency_keys ADD COLUMN scope text[] NOT NULL DEFAULT '{}'`);
    // A used assertion stays used when its client is removed and registered again with the same key.
    await runner.query(`
      ALTER TABLE used_client_assertions DROP CONSTRAINT used_client_assertions_tenant_id_client_id_fkey;
      ALTER TABLE used_client_assertions ADD FOREIGN KEY (tenant_id) REFERENCES tenants ON DELETE CASCADE;`);
    // Consents to an API end with it.
    await runner.query('CREATE INDEX consents_by_resource ON consents (tenant_id, resource)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
