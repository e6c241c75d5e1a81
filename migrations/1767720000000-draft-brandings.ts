import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A branding is drafted, looked at by a link, and published; what was published before can be brought back. */
export class DraftBrandings1767720000000 implements MigrationInterface {
  readonly name = 'DraftBrandings1767720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['tenant_branding_drafts', 'tenant_branding_versions', 'tenant_branding_previews']) {
      await runner.query(isolate(table));
    }
    await runner.query('CREATE POLICY sweep ON tenant_branding_previews TO CURRENT_USER USING (expires_at < now())');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const TABLES = `
  CREATE TABLE tenant_branding_drafts (
    tenant_id  uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    -- Counted up by every change, and by publication and discarding: the row stays, so that no number comes twice.
    version    integer NOT NULL,
    -- Null when there is no draft.
    branding   jsonb,
    texts      jsonb,
    -- Digest of what was published when the draft was begun.
    base       text,
    -- As in audit events.
    changed_by text,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((branding IS NULL) = (texts IS NULL) AND (branding IS NULL) = (base IS NULL))
  );

  CREATE TABLE tenant_branding_versions (
    tenant_id     uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    number        integer NOT NULL,
    branding      jsonb NOT NULL,
    texts         jsonb NOT NULL,
    -- draft, revert, direct: a change of the tenant itself; before: what was there when the history began.
    source        text NOT NULL,
    restored_from integer,
    note          text,
    published_by  text,
    published_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, number)
  );

  CREATE TABLE tenant_branding_previews (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- SHA-256 of the secret in the link.
    digest     bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest)
  );
  CREATE INDEX tenant_branding_previews_by_expiry ON tenant_branding_previews (expires_at);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}
