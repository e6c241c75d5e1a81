import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Verified domains are proven again about once a day. Domains of before are due within a day, each at another time, and
 * have the whole time of grace. Programs of before neither read nor write these columns: what they verify is due at once.
 */
export class ProveDomainsAgain1767860000000 implements MigrationInterface {
  readonly name = 'ProveDomainsAgain1767860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(DUE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const COLUMNS = `
  ALTER TABLE tenant_domains
    -- When the proof was found last.
    ADD COLUMN proven_at     timestamptz,
    -- Of a verified domain whose proof is missing: since when, and until when it stays verified.
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN lapses_at     timestamptz,
    -- When the owners were told that the end is near.
    ADD COLUMN warned_at     timestamptz,
    -- When it became pending again.
    ADD COLUMN lapsed_at     timestamptz,
    -- What was wrong when the proof was missing.
    ADD COLUMN fault         text,
    ADD COLUMN next_proof_at timestamptz;
  UPDATE tenant_domains
     SET proven_at = verified_at,
         next_proof_at = now() + make_interval(secs => abs(hashtext(domain)::bigint) % 86400)
   WHERE verified_at IS NOT NULL;
  CREATE INDEX tenant_domains_to_prove ON tenant_domains ((coalesce(next_proof_at, verified_at)))
    WHERE verified_at IS NOT NULL;`;

/** As claim_domain_checks. The domains of a suspended tenant answer nobody, so they wait. */
const DUE = `
  CREATE FUNCTION claim_domain_proofs(at_most integer, claim_seconds integer)
  RETURNS TABLE (tenant uuid, host text, is_active boolean)
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    UPDATE tenant_domains d
       SET next_proof_at = now() + CASE WHEN due.active THEN make_interval(secs => claim_seconds) ELSE interval '1 day' END
      FROM (SELECT v.tenant_id, v.domain, (SELECT t.status = 'active' FROM tenants t WHERE t.id = v.tenant_id) AS active
              FROM tenant_domains v
             WHERE v.verified_at IS NOT NULL AND coalesce(v.next_proof_at, v.verified_at) <= now()
             ORDER BY coalesce(v.next_proof_at, v.verified_at) LIMIT at_most FOR UPDATE OF v SKIP LOCKED) due
     WHERE d.tenant_id = due.tenant_id AND d.domain = due.domain
    RETURNING d.tenant_id, d.domain, due.active
  $$;
  REVOKE ALL ON FUNCTION claim_domain_proofs(integer, integer) FROM PUBLIC;`;
