import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BindPermissions1764400000000 } from '../../migrations/1764400000000-bind-permissions.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

/** Owns the tables and is held to row-level security, as in production. */
const OWNER = `owner_${randomBytes(6).toString('hex')}`;

const MIGRATION = timestampOf(BindPermissions1764400000000);

let database: TestDatabase;
const tenants = { acme: randomUUID(), globex: randomUUID(), system: randomUUID() };

/** The database of the version before, with clients that have names alone. */
beforeAll(async () => {
  database = await createTestDatabase('template1');
  await database.query(`CREATE ROLE ${OWNER}`);
  await database.query(`GRANT ALL ON SCHEMA public TO ${OWNER}`);
  await migrate((timestamp) => timestamp < MIGRATION);
  for (const [slug, id] of Object.entries(tenants)) {
    await database.query('INSERT INTO tenants (id, slug, display_name) VALUES ($1, $2, $2)', [id, slug]);
  }
  await insertApi('acme', 'https://crm.test', ['users:read', 'read']);
  await insertApi('acme', 'https://billing.test', ['read', 'write']);
  await insertApi('system', 'https://crm.test', ['users:read']);
  await insertClient('acme', 'web', ['openid', 'write', 'read', 'offline_access', 'ghost']);
  await insertClient('acme', 'machine', ['users:read', 'tenants:read']);
  await insertClient('acme', 'nothing', []);
  await insertClient('globex', 'web', ['users:read', 'read']);
  await insertClient('system', 'operator', ['users:read', 'audit:read']);
  await migrate((timestamp) => timestamp === MIGRATION);
});
afterAll(async () => {
  await database.query(`DROP OWNED BY ${OWNER}`);
  await database.query(`DROP ROLE ${OWNER}`);
  await database.drop();
});

/** Runs those of the platform's migrations, as a role that is no superuser. */
async function migrate(isMeant: (timestamp: number) => boolean): Promise<void> {
  const options = dataSourceOptions({ url: database.url, role: OWNER, maxConnections: 1 });
  const { migrations = [] } = options;
  const dataSource = new DataSource({
    ...options,
    migrations: Object.values(migrations).filter((each) => isMeant(timestampOf(each))),
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

/** Migrations are classes, and their names end with their time. */
function timestampOf(migration: unknown): number {
  return Number((migration as { readonly name: string }).name.slice(-13));
}

async function insertApi(slug: keyof typeof tenants, identifier: string, names: readonly string[]): Promise<void> {
  const scopes = JSON.stringify(names.map((name) => ({ name, description: name })));
  const text = `INSERT INTO apis (tenant_id, id, identifier, display_name, scopes, access_token_format)
                VALUES ($1, $2, $3, $3, $4, 'jwt')`;
  await database.query(text, [tenants[slug], randomUUID(), identifier, scopes]);
}

async function insertClient(slug: keyof typeof tenants, clientId: string, scope: readonly string[]): Promise<void> {
  const text = `INSERT INTO clients (tenant_id, client_id, application_type, token_endpoint_auth_method, grant_types,
                  response_types, redirect_uris, post_logout_redirect_uris, scope)
                VALUES ($1, $2, 'web', 'client_secret_basic', '{}', '{}', '{}', '{}', $3)`;
  await database.query(text, [tenants[slug], clientId, scope]);
}

async function permissionsOf(slug: keyof typeof tenants, clientId: string): Promise<unknown> {
  const text = 'SELECT permissions FROM clients WHERE tenant_id = $1 AND client_id = $2';
  return (await database.query<{ permissions: unknown }>(text, [tenants[slug], clientId]))[0]?.permissions;
}

describe('An older database: the names of its clients', () => {
  it('are bound to every API of the tenant that has them, so that nothing is lost', async () => {
    expect(await permissionsOf('acme', 'web')).toEqual([
      { api: '', scopes: ['openid', 'offline_access'] },
      { api: 'https://billing.test', scopes: ['write', 'read'] },
      { api: 'https://crm.test', scopes: ['read'] },
    ]);
    expect(await permissionsOf('acme', 'nothing')).toEqual([]);
  });

  it('mean the management API only where they can mean nothing else', async () => {
    expect(await permissionsOf('acme', 'machine')).toEqual([
      { api: 'https://crm.test', scopes: ['users:read'] },
      { api: 'management', scopes: ['tenants:read'] },
    ]);
    expect(await permissionsOf('globex', 'web')).toEqual([{ api: 'management', scopes: ['users:read'] }]);
  });

  it('mean both in tenant system, whose operators would be locked out', async () => {
    expect(await permissionsOf('system', 'operator')).toEqual([
      { api: 'https://crm.test', scopes: ['users:read'] },
      { api: 'management', scopes: ['users:read', 'audit:read'] },
    ]);
  });

  it('are bound behind row-level security that is forced again', async () => {
    const rows = await database.query(
      `SELECT relname FROM pg_class WHERE relname IN ('apis', 'clients') AND relforcerowsecurity`,
    );
    expect(rows).toHaveLength(2);
  });
});
