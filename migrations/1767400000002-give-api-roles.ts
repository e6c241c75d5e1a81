import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Roles of a tenant's own APIs: a name, and scopes of the API that it allows. Users, groups and clients have them. APIs
 * of before say nothing of roles, so their tokens stay as they are.
 */
export class GiveApiRoles1767400000002 implements MigrationInterface {
  readonly name = 'GiveApiRoles1767400000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['api_roles', 'api_role_assignments']) await runner.query(isolate(table));
    await runner.query(NARROW);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const TABLES = `
  ALTER TABLE apis ADD COLUMN roles_in_tokens text NOT NULL DEFAULT 'off'
    CHECK (roles_in_tokens IN ('off', 'claims', 'claims_and_scope'));

  CREATE TABLE api_roles (
    tenant_id    uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           uuid NOT NULL,
    api_id       uuid NOT NULL,
    -- What the API compares.
    name         text NOT NULL,
    display_name text,
    description  text,
    scopes       text[] NOT NULL,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, api_id) REFERENCES apis ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX api_roles_by_name ON api_roles (tenant_id, api_id, name);

  CREATE TABLE api_role_assignments (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    role_id    uuid NOT NULL,
    user_id    uuid,
    group_id   uuid,
    client_id  text,
    -- As in audit events.
    given_by   text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (num_nonnulls(user_id, group_id, client_id) = 1),
    FOREIGN KEY (tenant_id, role_id) REFERENCES api_roles ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, group_id) REFERENCES user_groups ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX api_roles_of_user ON api_role_assignments (tenant_id, user_id, role_id) WHERE user_id IS NOT NULL;
  CREATE UNIQUE INDEX api_roles_of_group ON api_role_assignments (tenant_id, group_id, role_id)
    WHERE group_id IS NOT NULL;
  CREATE UNIQUE INDEX api_roles_of_client ON api_role_assignments (tenant_id, client_id, role_id)
    WHERE client_id IS NOT NULL;
  CREATE INDEX api_role_assignments_by_role ON api_role_assignments (tenant_id, role_id, id);`;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}

/** A scope that an API loses is lost to its roles too, because a later scope of the same name is another one. */
const NARROW = `
  CREATE FUNCTION narrow_api_roles() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    known text[] := ARRAY(SELECT scope ->> 'name' FROM jsonb_array_elements(NEW.scopes) AS scope);
  BEGIN
    UPDATE api_roles r
       SET scopes = ARRAY(SELECT name FROM unnest(r.scopes) AS name WHERE name = ANY (known)),
           version = r.version + 1, updated_at = now()
     WHERE r.tenant_id = NEW.tenant_id AND r.api_id = NEW.id AND NOT r.scopes <@ known;
    RETURN NULL;
  END $$;
  CREATE TRIGGER narrow_roles AFTER UPDATE OF scopes ON apis
    FOR EACH ROW WHEN (OLD.scopes <> NEW.scopes) EXECUTE FUNCTION narrow_api_roles();`;
