import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Proof that somebody reads the mail of an address: a link and a code, each stored as a digest. A row is redeemed once.
 * What shall happen then (`data`) is sealed with the tenant's data key, because it can hold a password hash.
 */
export class VerifyAddresses1766100000000 implements MigrationInterface {
  readonly name = 'VerifyAddresses1766100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE verifications (
        tenant_id      uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
        id             uuid NOT NULL,
        purpose        text NOT NULL,
        address        text NOT NULL,
        -- The address in the form in which addresses are compared.
        address_key    text NOT NULL,
        user_id        uuid,
        link_digest    bytea NOT NULL,
        code_digest    bytea NOT NULL,
        guesses        integer NOT NULL DEFAULT 0,
        -- The authorization request that goes on afterwards. It is removed on its own.
        request_id     uuid,
        browser_digest bytea,
        data           bytea,
        created_at     timestamptz NOT NULL DEFAULT now(),
        expires_at     timestamptz NOT NULL,
        redeemed_at    timestamptz,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, link_digest),
        FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE INDEX verifications_by_address ON verifications (tenant_id, address_key);
      CREATE INDEX verifications_by_user ON verifications (tenant_id, user_id);
      CREATE INDEX verifications_by_expiry ON verifications (expires_at);
      ALTER TABLE verifications ENABLE ROW LEVEL SECURITY;
      ALTER TABLE verifications FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant_isolation ON verifications USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
      CREATE POLICY sweep ON verifications TO CURRENT_USER USING (expires_at < now() - interval '1 day');`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;
