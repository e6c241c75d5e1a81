import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The whole schema, built once. Every tenant's table has the tenant first in its keys, and forced row-level security:
 * a role that owns nothing sees only the rows of the tenant named in its transaction, and none without one.
 * Times are the database's own; secrets come as digests, sealed, or as argon2id hashes.
 */
export class CreatePlatform1764000000000 implements MigrationInterface {
  readonly name = 'CreatePlatform1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [PLATFORM, TENANT_CONFIGURATION, PEOPLE, AUTHORIZATION, TOKENS, OPERATIONS, CHANGES]) {
      await runner.query(part);
    }
    for (const table of TENANT_TABLES) await runner.query(isolate(table));
    for (const table of EXPIRING_TABLES) await runner.query(letOwnerSweep(table));
    await runner.query(SWEEP);
    await runner.query(AUDIT_POLICIES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

const PLATFORM = `
  CREATE TABLE tenants (
    id            uuid PRIMARY KEY,
    slug          text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    display_name  text NOT NULL,
    status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    policy        jsonb NOT NULL DEFAULT '{}',
    branding      jsonb NOT NULL DEFAULT '{}',
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE platform_settings (
    name  text PRIMARY KEY,
    value jsonb NOT NULL
  );`;

const TENANT_CONFIGURATION = `
  CREATE TABLE tenant_data_keys (
    tenant_id   uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    wrapped_key bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE signing_keys (
    tenant_id       uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    kid             text NOT NULL,
    alg             text NOT NULL CHECK (alg IN ('ES256', 'RS256', 'EdDSA')),
    public_jwk      jsonb NOT NULL,
    private_key     bytea NOT NULL,
    published_at    timestamptz NOT NULL,
    signs_from      timestamptz,
    signs_until     timestamptz,
    published_until timestamptz,
    PRIMARY KEY (tenant_id, kid)
  );
  -- One key waits and one signs without an end: two processes cannot both make the first, or both rotate.
  CREATE UNIQUE INDEX signing_keys_one_next ON signing_keys (tenant_id, alg) WHERE signs_from IS NULL;
  CREATE UNIQUE INDEX signing_keys_one_last ON signing_keys (tenant_id, alg)
    WHERE signs_from IS NOT NULL AND signs_until IS NULL;

  CREATE TABLE clients (
    tenant_id                    uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    client_id                    text NOT NULL,
    client_name                  text,
    application_type             text NOT NULL CHECK (application_type IN ('web', 'native', 'browser')),
    token_endpoint_auth_method   text NOT NULL,
    grant_types                  text[] NOT NULL,
    response_types               text[] NOT NULL,
    redirect_uris                text[] NOT NULL,
    post_logout_redirect_uris    text[] NOT NULL,
    scope                        text[] NOT NULL,
    jwks                         jsonb,
    id_token_signed_response_alg text,
    -- What is only shown: client_uri, policy_uri, tos_uri, contacts and their like.
    metadata                     jsonb NOT NULL DEFAULT '{}',
    first_party                  boolean NOT NULL DEFAULT false,
    require_pkce                 boolean,
    refresh_token_rotation       boolean,
    strict_assertion_audience    boolean,
    enabled                      boolean NOT NULL DEFAULT true,
    version                      integer NOT NULL DEFAULT 1,
    created_at                   timestamptz NOT NULL DEFAULT now(),
    updated_at                   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, client_id)
  );

  CREATE TABLE client_secrets (
    tenant_id  uuid NOT NULL,
    client_id  text NOT NULL,
    id         uuid NOT NULL,
    digest     bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    PRIMARY KEY (tenant_id, client_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );

  CREATE TABLE apis (
    tenant_id                     uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                            uuid NOT NULL,
    identifier                    text NOT NULL,
    display_name                  text NOT NULL,
    scopes                        jsonb NOT NULL,
    access_token_format           text NOT NULL CHECK (access_token_format IN ('jwt', 'opaque')),
    access_token_lifetime_seconds integer,
    introspection_client_ids      text[] NOT NULL DEFAULT '{}',
    version                       integer NOT NULL DEFAULT 1,
    created_at                    timestamptz NOT NULL DEFAULT now(),
    updated_at                    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, identifier)
  );`;

const PEOPLE = `
  CREATE TABLE users (
    tenant_id             uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                    uuid NOT NULL,
    username              text NOT NULL,
    email                 text,
    email_verified        boolean NOT NULL DEFAULT false,
    phone_number          text,
    phone_number_verified boolean NOT NULL DEFAULT false,
    claims                jsonb NOT NULL DEFAULT '{}',
    password_hash         text,
    tenant_admin          boolean NOT NULL DEFAULT false,
    enabled               boolean NOT NULL DEFAULT true,
    -- Whatever was granted or begun before this moment is over: password change, disabling.
    valid_from            timestamptz NOT NULL DEFAULT '-infinity',
    version               integer NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
  );

  -- One namespace for what people type to sign in: nobody's user name is somebody else's e-mail address.
  CREATE TABLE user_identifiers (
    tenant_id uuid NOT NULL,
    value     text NOT NULL,
    user_id   uuid NOT NULL,
    PRIMARY KEY (tenant_id, value),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
  );
  CREATE INDEX user_identifiers_by_user ON user_identifiers (tenant_id, user_id);

  CREATE TABLE sessions (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    digest       bytea NOT NULL,
    user_id      uuid NOT NULL,
    auth_time    timestamptz NOT NULL,
    acr          text NOT NULL,
    amr          text[] NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
  );
  CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id);
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);

  CREATE TABLE sign_in_attempts (
    tenant_id       uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    -- Digest of what is counted: an address, an account, an account from one device or address.
    bucket          bytea NOT NULL,
    failures        integer NOT NULL,
    -- Attempts that cost nothing; after them each one has to wait for next_attempt_at.
    allowance       integer NOT NULL,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    -- Whether the last attempt came too early and was not counted.
    refused         boolean NOT NULL DEFAULT false,
    -- The account's owner signed in from here before.
    known           boolean NOT NULL DEFAULT false,
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, bucket)
  );
  CREATE INDEX sign_in_attempts_by_expiry ON sign_in_attempts (expires_at);`;

const AUTHORIZATION = `
  CREATE TABLE authorization_requests (
    tenant_id      uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id             uuid NOT NULL,
    client_id      text NOT NULL,
    parameters     jsonb NOT NULL,
    browser_digest bytea,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    completed_at   timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE INDEX authorization_requests_by_client ON authorization_requests (tenant_id, client_id);
  CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expires_at);

  CREATE TABLE consents (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    user_id    uuid NOT NULL,
    client_id  text NOT NULL,
    -- Identifier of the protected resource; empty for the scopes of OpenID Connect itself.
    resource   text NOT NULL,
    scopes     text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id, client_id, resource),
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE INDEX consents_by_client ON consents (tenant_id, client_id);

  -- What one user allowed one client at one moment: the root under which its code and tokens live and die.
  CREATE TABLE grants (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    user_id    uuid NOT NULL,
    client_id  text NOT NULL,
    session_id uuid,
    scope      text[] NOT NULL,
    -- Identifiers of the protected resources the scope reaches.
    resources  text[] NOT NULL,
    -- The client named them itself, so each token is for one of them alone (RFC 8707).
    resources_requested boolean NOT NULL,
    auth_time  timestamptz NOT NULL,
    acr        text NOT NULL,
    amr        text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE INDEX grants_by_user ON grants (tenant_id, user_id, client_id);
  CREATE INDEX grants_by_client ON grants (tenant_id, client_id);
  CREATE INDEX grants_by_session ON grants (tenant_id, session_id) WHERE session_id IS NOT NULL;
  CREATE INDEX grants_by_expiry ON grants (expires_at);

  CREATE TABLE authorization_codes (
    tenant_id      uuid NOT NULL,
    digest         bytea NOT NULL,
    grant_id       uuid NOT NULL,
    redirect_uri   text NOT NULL,
    code_challenge text,
    nonce          text,
    expires_at     timestamptz NOT NULL,
    consumed_at    timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE
  );
  CREATE INDEX authorization_codes_by_grant ON authorization_codes (tenant_id, grant_id);`;

const TOKENS = `
  CREATE TABLE refresh_tokens (
    tenant_id   uuid NOT NULL,
    digest      bytea NOT NULL,
    grant_id    uuid NOT NULL,
    -- Digest of the token this one replaced; its use proves that the answer which carried it was not lost.
    predecessor bytea,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    consumed_at timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE
  );
  CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (tenant_id, grant_id);
  CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

  CREATE TABLE access_tokens (
    tenant_id  uuid NOT NULL,
    digest     bytea NOT NULL,
    jti        uuid NOT NULL,
    grant_id   uuid,
    client_id  text NOT NULL,
    subject    text NOT NULL,
    scope      text[] NOT NULL,
    audience   text[] NOT NULL,
    issuer     text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE INDEX access_tokens_by_grant ON access_tokens (tenant_id, grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX access_tokens_by_client ON access_tokens (tenant_id, client_id);
  CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

  -- JWT access tokens that were revoked one by one before they expired.
  CREATE TABLE revoked_access_tokens (
    tenant_id  uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    jti        uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, jti)
  );
  CREATE INDEX revoked_access_tokens_by_expiry ON revoked_access_tokens (expires_at);

  CREATE TABLE used_client_assertions (
    tenant_id  uuid NOT NULL,
    client_id  text NOT NULL,
    jti_digest bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, client_id, jti_digest),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients ON DELETE CASCADE
  );
  CREATE INDEX used_client_assertions_by_expiry ON used_client_assertions (expires_at);`;

const OPERATIONS = `
  CREATE TABLE idempotency_keys (
    tenant_id   uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    digest      bytea NOT NULL,
    fingerprint bytea NOT NULL,
    status      integer,
    response    bytea,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest)
  );
  CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

  CREATE TABLE audit_events (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    type        text NOT NULL,
    outcome     text NOT NULL,
    actor       text,
    client_id   text,
    user_id     uuid,
    target      text,
    address     text,
    request_id  text,
    details     jsonb,
    PRIMARY KEY (tenant_id, id)
  );
  CREATE INDEX audit_events_by_time ON audit_events (occurred_at);`;

/** Who caches a row hears of its change: `<table>:<tenant id>:<key>`, delivered when the change is committed. */
const CHANGES = `
  CREATE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    changed record := coalesce(NEW, OLD);
    row_values jsonb := to_jsonb(changed);
  BEGIN
    PERFORM pg_notify('tenantry_changes',
      TG_TABLE_NAME || ':' || (row_values ->> TG_ARGV[0]) || ':' || (row_values ->> TG_ARGV[1]));
    RETURN NULL;
  END $$;
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION notify_change('id', 'slug');
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON signing_keys
    FOR EACH ROW EXECUTE FUNCTION notify_change('tenant_id', 'alg');
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON clients
    FOR EACH ROW EXECUTE FUNCTION notify_change('tenant_id', 'client_id');
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON client_secrets
    FOR EACH ROW EXECUTE FUNCTION notify_change('tenant_id', 'client_id');
  CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON apis
    FOR EACH ROW EXECUTE FUNCTION notify_change('tenant_id', 'identifier');`;

const TENANT_TABLES = [
  'tenant_data_keys',
  'signing_keys',
  'clients',
  'client_secrets',
  'apis',
  'users',
  'user_identifiers',
  'sessions',
  'sign_in_attempts',
  'authorization_requests',
  'consents',
  'grants',
  'authorization_codes',
  'refresh_tokens',
  'access_tokens',
  'revoked_access_tokens',
  'used_client_assertions',
  'idempotency_keys',
] as const;

/** Their rows die of age; a day is kept so that a late answer can still say "expired" instead of "unknown". */
const EXPIRING_TABLES = [
  'sessions',
  'sign_in_attempts',
  'authorization_requests',
  'grants',
  'refresh_tokens',
  'access_tokens',
  'revoked_access_tokens',
  'used_client_assertions',
  'idempotency_keys',
] as const;

const OF_THIS_TENANT = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

function isolate(table: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table} USING (${OF_THIS_TENANT}) WITH CHECK (${OF_THIS_TENANT});`;
}

function letOwnerSweep(table: string): string {
  return `CREATE POLICY sweep ON ${table} TO CURRENT_USER USING (expires_at < now() - interval '1 day');`;
}

/**
 * Removes what expired, of all tenants at once and at most `batch` rows a table. It runs as the owner of the tables,
 * who is held to the policy \`sweep\`: rows that have not expired are out of reach even here.
 */
const SWEEP = `
  CREATE FUNCTION sweep_expired(batch integer) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    name text;
    removed bigint := 0;
    here bigint;
  BEGIN
    FOREACH name IN ARRAY ARRAY[${EXPIRING_TABLES.map((table) => `'${table}'`).join(', ')}] LOOP
      EXECUTE format('DELETE FROM %I WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM %I WHERE expires_at < now() - interval ''1 day'' LIMIT $1 FOR UPDATE SKIP LOCKED))', name, name)
        USING batch;
      GET DIAGNOSTICS here = ROW_COUNT;
      removed := removed + here;
    END LOOP;
    RETURN removed;
  END $$;
  REVOKE ALL ON FUNCTION sweep_expired(integer) FROM PUBLIC;`;

/** Events of many tenants are written together and read by their own tenant only; nobody changes them. */
const AUDIT_POLICIES = `
  ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant_isolation ON audit_events FOR SELECT USING (${OF_THIS_TENANT});
  CREATE POLICY append_only ON audit_events FOR INSERT WITH CHECK (true);`;
