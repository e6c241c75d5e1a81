import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Roles for the management API, and who has which. The arrays `management_roles` of users and clients repeat what the
 * table of assignments says, so that reading a user or a client stays one statement. Triggers keep both the same. The
 * column `tenant_admin`, which programs of before read and write, says whether a user has the role `owner`.
 *
 * Clients that had every management scope there was get those that are new here: whoever could do everything still can.
 * No other client gets anything.
 */
export class GiveManagementRoles1767000000000 implements MigrationInterface {
  readonly name = 'GiveManagementRoles1767000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(`
      ALTER TABLE users ADD COLUMN management_roles text[] NOT NULL DEFAULT '{}';
      ALTER TABLE clients ADD COLUMN management_roles text[] NOT NULL DEFAULT '{}';
      ALTER TABLE invitations ADD COLUMN roles text[] NOT NULL DEFAULT '{}';`);
    // The owner sees rows of all tenants only where row-level security is not forced. The transaction hides that.
    const tables = ['users', 'clients', 'management_role_assignments'];
    for (const table of tables) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      INSERT INTO management_role_assignments (tenant_id, role, user_id)
      SELECT tenant_id, 'owner', id FROM users WHERE tenant_admin`);
    await runner.query(`UPDATE users SET management_roles = '{owner}' WHERE tenant_admin`);
    await runner.query(COMPLETE_CLIENTS, [JSON.stringify(EARLIER), ADDED]);
    for (const table of tables) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await runner.query(TRIGGERS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

const TABLES = `
  CREATE TABLE management_roles (
    tenant_id    uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    name         text NOT NULL,
    version      integer NOT NULL,
    display_name text NOT NULL,
    description  text,
    permissions  text[] NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
  );
  CREATE TABLE management_role_assignments (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    -- A built-in role, which has no row, or one of the table above.
    role       text NOT NULL,
    user_id    uuid,
    client_id  text,
    -- As in audit events. Null: by the member tenant_admin, by an invitation, or before this table was made.
    given_by   text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (num_nonnulls(user_id, client_id) = 1),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX management_roles_of_user ON management_role_assignments (tenant_id, user_id, role)
    WHERE user_id IS NOT NULL;
  CREATE UNIQUE INDEX management_roles_of_client ON management_role_assignments (tenant_id, client_id, role)
    WHERE client_id IS NOT NULL;
  CREATE INDEX management_role_assignments_by_role ON management_role_assignments (tenant_id, role);
  ALTER TABLE management_roles ENABLE ROW LEVEL SECURITY;
  ALTER TABLE management_roles FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON management_roles USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});
  ALTER TABLE management_role_assignments ENABLE ROW LEVEL SECURITY;
  ALTER TABLE management_role_assignments FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON management_role_assignments
    USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;

/** The management scopes before this migration, and those that came with the same version. */
const EARLIER = [
  ...['tenants', 'clients', 'users', 'apis', 'keys', 'consents'].flatMap((what) => [`${what}:read`, `${what}:write`]),
  'audit:read',
];
const ADDED = ['branding:write', 'users:recover', 'roles:read', 'roles:write', 'webhooks:read', 'webhooks:write'];

const COMPLETE_CLIENTS = `
  UPDATE clients c
     SET permissions = (
           SELECT jsonb_agg(
                    CASE WHEN p.permission ->> 'api' = 'management'
                         THEN jsonb_set(p.permission, '{scopes}', (p.permission -> 'scopes') || to_jsonb($2::text[]))
                         ELSE p.permission END ORDER BY p.position)
             FROM jsonb_array_elements(c.permissions) WITH ORDINALITY AS p (permission, position)),
         scope = c.scope || ARRAY(SELECT name FROM unnest($2::text[]) AS name WHERE name <> ALL (c.scope)),
         version = c.version + 1, updated_at = now()
   WHERE EXISTS (SELECT FROM jsonb_array_elements(c.permissions) AS permission
                  WHERE permission ->> 'api' = 'management' AND permission -> 'scopes' @> $1::jsonb)`;

/** In the order in which a change passes them. The holder is locked first, so that two changes at once both count. */
const TRIGGERS = `
  CREATE FUNCTION follow_role_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    changed management_role_assignments;
    held text[];
  BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF changed.user_id IS NOT NULL THEN
      PERFORM 1 FROM users u WHERE u.tenant_id = changed.tenant_id AND u.id = changed.user_id FOR UPDATE;
      held := ARRAY(SELECT a.role FROM management_role_assignments a
                     WHERE a.tenant_id = changed.tenant_id AND a.user_id = changed.user_id ORDER BY a.role);
      UPDATE users u
         SET management_roles = held, tenant_admin = ('owner' = ANY (held)), version = u.version + 1, updated_at = now()
       WHERE u.tenant_id = changed.tenant_id AND u.id = changed.user_id AND u.management_roles <> held;
    ELSE
      PERFORM 1 FROM clients c WHERE c.tenant_id = changed.tenant_id AND c.client_id = changed.client_id FOR UPDATE;
      held := ARRAY(SELECT a.role FROM management_role_assignments a
                     WHERE a.tenant_id = changed.tenant_id AND a.client_id = changed.client_id ORDER BY a.role);
      UPDATE clients c SET management_roles = held, version = c.version + 1, updated_at = now()
       WHERE c.tenant_id = changed.tenant_id AND c.client_id = changed.client_id AND c.management_roles <> held;
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER follow AFTER INSERT OR DELETE ON management_role_assignments
    FOR EACH ROW EXECUTE FUNCTION follow_role_assignment();

  CREATE FUNCTION name_owner() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT NEW.tenant_admin THEN
      NEW.management_roles := array_remove(NEW.management_roles, 'owner');
    ELSIF NOT 'owner' = ANY (NEW.management_roles) THEN
      NEW.management_roles := ARRAY(SELECT role FROM unnest(NEW.management_roles || 'owner'::text) AS role ORDER BY role);
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER name_new_owner BEFORE INSERT ON users
    FOR EACH ROW WHEN (NEW.tenant_admin) EXECUTE FUNCTION name_owner();
  CREATE TRIGGER name_owner BEFORE UPDATE OF tenant_admin ON users
    FOR EACH ROW WHEN (OLD.tenant_admin <> NEW.tenant_admin) EXECUTE FUNCTION name_owner();

  CREATE FUNCTION assign_owner() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.tenant_admin THEN
      INSERT INTO management_role_assignments (tenant_id, role, user_id) VALUES (NEW.tenant_id, 'owner', NEW.id)
      ON CONFLICT DO NOTHING;
    ELSE
      DELETE FROM management_role_assignments a
       WHERE a.tenant_id = NEW.tenant_id AND a.user_id = NEW.id AND a.role = 'owner';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER assign_new_owner AFTER INSERT ON users
    FOR EACH ROW WHEN (NEW.tenant_admin) EXECUTE FUNCTION assign_owner();
  CREATE TRIGGER assign_owner AFTER UPDATE OF tenant_admin ON users
    FOR EACH ROW WHEN (OLD.tenant_admin <> NEW.tenant_admin) EXECUTE FUNCTION assign_owner();

  -- What a client may do is kept in caches; a role that changed changes it.
  CREATE FUNCTION announce_role() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('tenantry_changes', 'clients:' || a.tenant_id || ':' || a.client_id)
       FROM management_role_assignments a
      WHERE a.tenant_id = NEW.tenant_id AND a.role = NEW.name AND a.client_id IS NOT NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER announce AFTER UPDATE ON management_roles FOR EACH ROW EXECUTE FUNCTION announce_role();`;
