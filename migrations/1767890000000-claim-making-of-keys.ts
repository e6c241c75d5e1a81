import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which process makes the first RSA keys of a tenant. Without it every process that is asked at that moment makes its
 * own, and all but one pair are thrown away: with twelve processes some ten seconds of a processor.
 */
export class ClaimMakingOfKeys1767890000000 implements MigrationInterface {
  readonly name = 'ClaimMakingOfKeys1767890000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const TABLE = `
  CREATE TABLE signing_key_claims (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    alg       text NOT NULL,
    -- From then on another process may make them: the one that began has ended.
    until     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, alg)
  );
  ALTER TABLE signing_key_claims ENABLE ROW LEVEL SECURITY;
  ALTER TABLE signing_key_claims FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON signing_key_claims USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
