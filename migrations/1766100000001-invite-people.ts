import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Invitations by administrators. They are kept for a while after they ended, so that administrators see what became of
 * them. Users remember which version of the terms they accepted, and when.
 */
export class InvitePeople1766100000001 implements MigrationInterface {
  readonly name = 'InvitePeople1766100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN terms_version text, ADD COLUMN terms_accepted_at timestamptz');
    await runner.query(`
      CREATE TABLE invitations (
        tenant_id       uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
        id              uuid NOT NULL,
        version         integer NOT NULL,
        email           text NOT NULL,
        -- What the account has from the beginning: user name and claims.
        attributes      jsonb NOT NULL,
        tenant_admin    boolean NOT NULL,
        locale          text,
        -- The link that was sent last; those before it do not work any more.
        verification_id uuid NOT NULL,
        sent_at         timestamptz NOT NULL,
        expires_at      timestamptz NOT NULL,
        withdrawn_at    timestamptz,
        accepted_at     timestamptz,
        -- The account that came of it.
        user_id         uuid,
        created_at      timestamptz NOT NULL DEFAULT now(),
        updated_at      timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
      );
      CREATE INDEX invitations_by_user ON invitations (tenant_id, user_id);
      CREATE INDEX invitations_by_expiry ON invitations (expires_at);
      ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
      ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant_isolation ON invitations USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
      CREATE POLICY sweep ON invitations TO CURRENT_USER USING (expires_at < now() - interval '90 days');`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;
