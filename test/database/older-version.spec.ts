import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrations } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';
import { TestBrowser } from '../support/browser.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { createOwner } from '../support/production.js';
import { authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';

/** What the version before had, whose data `older-version.sql` is. */
const OLDER_MIGRATIONS = 2;
const DATA = readFileSync(new URL('older-version.sql', import.meta.url), 'utf8');
/** When that data was made. It is moved in time, so that it was always made just now. */
const MADE_AT = "timestamptz '2026-11-25 20:17:10+00'";
const REFRESH_TOKENS = {
  web: 'HTzULKe3ZdmxC9SmANRH3WUENj-ObqRlI1jQw1N2Oqw',
  spa: '5hZHb3HHYKmgvBf-xPHwbl-X4K0uINnoV_GBlWEnifE',
};
const MADE_OWNER = '0191b0a0-0000-7000-8000-000000000001';
const REDIRECT_URI = 'http://127.0.0.1:9999/cb';

let database: TestDatabase;
let ownerUrl: string;
let platform: Platform;
let issuer: string;

/** An older version's database, whose tables belong to a role that is held to row-level security, after its upgrade. */
beforeAll(async () => {
  database = await createTestDatabase('template1');
  ownerUrl = await createOwner(database);
  const older = new DataSource({
    ...dataSourceOptions({ url: ownerUrl, maxConnections: 1 }),
    migrations: migrations.slice(0, OLDER_MIGRATIONS),
  });
  await older.initialize();
  await older.runMigrations();
  await older.destroy();
  await load(database.url);
  await migrate(ownerUrl);
  platform = await startPlatform({ database });
  issuer = `${platform.url}/t/acme`;
});
afterAll(() => platform.stop());

async function load(url: string): Promise<void> {
  const inserts = DATA.replace(
    /'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)'/g,
    (_match, time: string) => `(timestamptz '${time}' + (now() - ${MADE_AT}))`,
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SET session_replication_role = replica; ${inserts}`);
  await client.query(
    `INSERT INTO tenants (id, slug, display_name, policy)
     VALUES (gen_random_uuid(), 'chose', 'Chose', '{ "signingAlg": "EdDSA", "requirePkce": true }')`,
  );
  // An owner of that tenant, and a client that may do everything there.
  for (const [table, key, value] of [
    ['users', 'id', MADE_OWNER],
    ['clients', 'client_id', 'everything'],
  ] as const) {
    await client.query(
      `INSERT INTO ${table}
       SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(known) || jsonb_build_object('tenant_id', t.id, $1::text, $2::text))).*
         FROM ${table} known, tenants own, tenants t
        WHERE known.tenant_id = own.id AND own.slug = 'system' AND t.slug = 'chose'`,
      [key, value],
    );
  }
  await client.end();
}

describe('A database of the version before', () => {
  it('keeps the tokens of its clients, each for the API that its scope meant', async () => {
    expect(await tokenOf('machine')).toMatchObject({ aud: 'https://crm.test', scope: 'read' });
  });

  it('gives no management token to whoever has a scope of the same name at an API of the tenant', async () => {
    expect(await tokenOf('crm-reader')).toMatchObject({ aud: 'https://crm.test', scope: 'users:read' });
    const answer = await clientCredentials('crm-reader', { resource: `${platform.url}/api` });
    expect(answer.json()).toMatchObject({ error: 'invalid_target' });
  });

  it('keeps the algorithm of ID tokens that its relying parties are set up for', async () => {
    const algOf = async (clientId: string) =>
      (await platform.operator.get<Record<string, unknown>>(`/tenants/acme/clients/${clientId}`))[
        'id_token_signed_response_alg'
      ];
    expect([await algOf('web'), await algOf('spa'), await algOf('machine')]).toEqual(['ES256', 'ES256', 'RS256']);
    const form = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKENS.web };
    const answer = await postForm(`${issuer}/token`, form, { authorization: basic('web', secretOf('web')) });
    expect(decodeProtectedHeader(String(answer.json()['id_token'])).alg).toBe('ES256');
  });

  it('keeps a policy that chose an algorithm, for both kinds of tokens', async () => {
    const { policy, effective_policy: effective } =
      await platform.operator.get<Record<string, object>>('/tenants/chose');
    const chosen = { access_token_signing_alg: 'EdDSA', id_token_signing_alg: 'EdDSA' };
    expect(policy).toEqual({ ...chosen, require_pkce: true });
    expect(effective).toMatchObject(chosen);
  });

  it('keeps the permissions of those who manage', async () => {
    expect(await tokenOf('admin')).toMatchObject({ aud: `${platform.url}/api`, scope: 'clients:read clients:write' });
  });

  it('makes its administrators owners, and nobody else anything', async () => {
    const users = async (slug: string) =>
      (
        await platform.operator.get<{ data: { tenant_admin: boolean; roles: string[] }[] }>(`/tenants/${slug}/users`)
      ).data.map(({ tenant_admin: isAdmin, roles }) => ({ isAdmin, roles }));
    const owner = { isAdmin: true, roles: ['owner'] };
    expect(await users('chose')).toEqual([owner]);
    expect(await users('system')).toEqual([owner]);
    expect(await users('acme')).toEqual([{ isAdmin: false, roles: [] }]);
    const { data } = await platform.operator.get<{ data: object[] }>(`/tenants/chose/users/${MADE_OWNER}/roles`);
    expect(data).toMatchObject([{ role: 'owner', given_by: null }]);
  });

  it('gives new management scopes to clients that had all of them, and to no other', async () => {
    const scopesOf = async (slug: string, clientId: string) => {
      const client = await platform.operator.get<{ scope: string }>(`/tenants/${slug}/clients/${clientId}`);
      return client.scope.split(' ').sort();
    };
    const added = ['branding:write', 'roles:read', 'roles:write', 'users:recover'];
    for (const [slug, client] of [
      ['chose', 'everything'],
      ['system', 'operator'],
    ] as const) {
      expect(await scopesOf(slug, client)).toEqual(expect.arrayContaining(['audit:read', 'tenants:write', ...added]));
    }
    expect(await scopesOf('acme', 'admin')).toEqual(['clients:read', 'clients:write']);
  });

  it.each([
    ['web', 'openid offline_access read'],
    ['spa', 'openid offline_access bill'],
  ] as const)('goes on with the refresh token of %s', async (clientId, scope) => {
    const form = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKENS[clientId] };
    const answer =
      clientId === 'web'
        ? await postForm(`${issuer}/token`, form, { authorization: basic('web', secretOf('web')) })
        : await postForm(`${issuer}/token`, { ...form, client_id: clientId });
    expect(answer.json()).toMatchObject({ scope, id_token: expect.any(String) });
  });

  it('knows its users and what they consented to', async () => {
    const browser = new TestBrowser();
    const page = await browser.open(
      authorizeUrl(issuer, {
        redirect_uri: REDIRECT_URI,
        scope: 'openid offline_access read',
        code_challenge: pkce().challenge,
        code_challenge_method: 'S256',
      }),
    );
    expect(responseOf(await browser.signIn(page, 'alice', 'correct horse battery staple'))).toMatchObject({
      state: 's1',
    });
  });

  it('counts what its tenants have, and goes on counting', async () => {
    const counted = await database.query(
      'SELECT tenant_id, resource, sum(used)::int AS used FROM tenant_usage GROUP BY 1, 2 ORDER BY 1, 2',
    );
    const found = await database.query(
      ['users', 'clients', 'apis']
        .map((name) => `SELECT tenant_id, '${name}' AS resource, count(*)::int AS used FROM ${name} GROUP BY tenant_id`)
        .join(' UNION ALL ') + ' ORDER BY 1, 2',
    );
    expect(counted).toEqual(found);
    expect(found.length).toBeGreaterThan(3);
  });

  it('keeps its audit log', async () => {
    const { data } = await platform.operator.get<{ data: { type: string; occurred_at: string }[] }>(
      '/tenants/acme/audit-events?type=tenant.created',
    );
    expect(data).toHaveLength(1);
  });
});

describe('A program from before the record of compatible versions', () => {
  it('ends its start on this schema: a function that it grants is gone', async () => {
    await expect(database.query('GRANT EXECUTE ON FUNCTION sweep_expired(integer) TO tenantry_app')).rejects.toThrow(
      'function sweep_expired(integer) does not exist',
    );
  });
});

function secretOf(clientId: string): string {
  return `fixture-secret-of-${clientId}-0123456789abcdef`;
}

function clientCredentials(clientId: string, form: Record<string, string> = {}): Promise<HttpAnswer> {
  const authorization = basic(clientId, secretOf(clientId));
  return postForm(`${issuer}/token`, { grant_type: 'client_credentials', ...form }, { authorization });
}

/** The claims of a token that the client gets for itself. */
async function tokenOf(clientId: string): Promise<Record<string, unknown>> {
  const answer = await clientCredentials(clientId);
  if (answer.status !== 200) throw new Error(answer.text);
  return decodeJwt(String(answer.json()['access_token']));
}
