import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups of users, whose names a tenant's applications read in tokens. They mean nothing to the platform itself. */
export class GroupUsers1767400000000 implements MigrationInterface {
  readonly name = 'GroupUsers1767400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['user_groups', 'user_group_members']) await runner.query(isolate(table));
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const TABLES = `
  CREATE TABLE user_groups (
    tenant_id    uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           uuid NOT NULL,
    -- What applications compare.
    name         text NOT NULL,
    display_name text,
    description  text,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
  );
  -- Two names that differ in case alone would be taken for each other.
  CREATE UNIQUE INDEX user_groups_by_name ON user_groups (tenant_id, lower(name));

  CREATE TABLE user_group_members (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    user_id    uuid NOT NULL,
    group_id   uuid NOT NULL,
    -- As in audit events.
    added_by   text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id, group_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, group_id) REFERENCES user_groups ON DELETE CASCADE
  );
  CREATE INDEX user_group_members_by_group ON user_group_members (tenant_id, group_id, user_id);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}
