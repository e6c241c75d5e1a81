import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A tenant's policy has an algorithm for access tokens and one for ID tokens, and ID tokens are RS256 by default. Until
 * now one member said both. What worked goes on: a stored choice becomes both choices, and a client that registered no
 * algorithm keeps the one that its relying party was set up for.
 */
export class ChooseSigningAlgorithms1765000000000 implements MigrationInterface {
  readonly name = 'ChooseSigningAlgorithms1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tenants ADD COLUMN signing_handovers jsonb NOT NULL DEFAULT '{}'`);
    await runner.query('ALTER TABLE clients ADD COLUMN slim_id_token boolean NOT NULL DEFAULT false');
    await runner.query(
      `ALTER TABLE apis ADD COLUMN access_token_typ text NOT NULL DEFAULT 'at+jwt'
         CHECK (access_token_typ IN ('at+jwt', 'JWT'))`,
    );
    // The owner sees rows of all tenants only where row-level security is not forced. The transaction hides that.
    await runner.query('ALTER TABLE clients NO FORCE ROW LEVEL SECURITY');
    await runner.query(PIN_CLIENTS);
    await runner.query('ALTER TABLE clients FORCE ROW LEVEL SECURITY');
    await runner.query(SPLIT_POLICIES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** A client that only acts for itself gets no ID tokens. */
const PIN_CLIENTS = `
  UPDATE clients c SET id_token_signed_response_alg = coalesce(t.policy ->> 'signingAlg', 'ES256')
    FROM tenants t
   WHERE t.id = c.tenant_id AND c.id_token_signed_response_alg IS NULL
     AND NOT c.grant_types <@ ARRAY['client_credentials']`;

/** The old member stays for processes of the version before. Nothing else reads it. */
const SPLIT_POLICIES = `
  UPDATE tenants
     SET policy = policy || jsonb_build_object('accessTokenSigningAlg', policy -> 'signingAlg',
                                               'idTokenSigningAlg', policy -> 'signingAlg')
   WHERE policy ->> 'signingAlg' IS NOT NULL`;
