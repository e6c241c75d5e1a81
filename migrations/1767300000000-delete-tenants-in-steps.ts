import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The deletion of a tenant is scheduled, can be withdrawn, and is then done in batches. `tenant_deletions` is a table of
 * the platform and outlives the tenants that it names, so it has no foreign key and no row-level security. Programs of
 * before leave the new columns alone.
 */
export class DeleteTenantsInSteps1767300000000 implements MigrationInterface {
  readonly name = 'DeleteTenantsInSteps1767300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenant_deletions (
        id            uuid PRIMARY KEY,
        tenant        uuid NOT NULL,
        slug          text NOT NULL,
        status_before text NOT NULL,
        requested_at  timestamptz NOT NULL DEFAULT now(),
        requested_by  text NOT NULL,
        due_at        timestamptz NOT NULL,
        withdrawn_at  timestamptz,
        withdrawn_by  text,
        started_at    timestamptz,
        destroyed_at  timestamptz,
        row_counts    jsonb NOT NULL DEFAULT '{}',
        receipt       text,
        -- One process at a time destroys; one that died is followed by another after this.
        claimed_until timestamptz
      );
      CREATE UNIQUE INDEX tenant_deletions_pending ON tenant_deletions (tenant)
        WHERE withdrawn_at IS NULL AND destroyed_at IS NULL;
      CREATE INDEX tenant_deletions_due ON tenant_deletions (due_at)
        WHERE withdrawn_at IS NULL AND destroyed_at IS NULL;

      ALTER TABLE tenants ADD COLUMN deletion_id uuid, ADD COLUMN deletion_due_at timestamptz,
        ADD COLUMN destroying boolean NOT NULL DEFAULT false;

      -- Whether a tenant has an administrator is asked for its readiness, among any number of users.
      CREATE INDEX users_administrators ON users (tenant_id) WHERE tenant_admin;`);
    // The log of a tenant that is being destroyed goes as a whole, so its users need no erasure of their own.
    await runner.query(`
      CREATE OR REPLACE FUNCTION remember_erasure() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        IF TG_ARGV[0] = 'tenant' THEN
          DELETE FROM audit_erasures WHERE tenant_id = OLD.id;
          INSERT INTO audit_erasures (tenant_id, subject) VALUES (OLD.id, OLD.id);
        ELSE
          INSERT INTO audit_erasures (tenant_id, subject, slug)
          SELECT OLD.tenant_id, OLD.id, slug FROM tenants WHERE id = OLD.tenant_id AND NOT destroying
          ON CONFLICT (tenant_id, subject) DO UPDATE SET requested_at = now(), followed_at = NULL, position = NULL;
        END IF;
        RETURN NULL;
      END $$;`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
