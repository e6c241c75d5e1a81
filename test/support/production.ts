import { createHash, randomBytes } from 'node:crypto';
import { type TestDatabase, createTestDatabase } from './database.js';
import { ManagementClient } from './management-client.js';
import { OPERATOR_SECRET, freePort } from './platform.js';
import { PlatformProcess } from './process.js';

/** Several processes in production mode on one database, as a deployment runs them. */
export interface ProductionPlatform {
  readonly database: TestDatabase;
  readonly processes: readonly PlatformProcess[];
  /** Where each process listens. */
  readonly ports: readonly number[];
  /** The public address, which is that of the first process. */
  readonly url: string;
  readonly operator: ManagementClient;
  stop(): Promise<void>;
}

export async function startProduction(
  count: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ProductionPlatform> {
  const database = await createTestDatabase();
  const databaseUrl = await createServingRole(database);
  const ports = [];
  for (let index = 0; index < count; index += 1) ports.push(await freePort());
  const url = publicUrlAt(ports[0] ?? 0);
  const env = productionEnv({ databaseUrl, ownerUrl: database.url, publicUrl: url });
  const processes = ports.map((port) => new PlatformProcess({ env: { ...env, ...settings, PORT: String(port) } }));
  await Promise.all(processes.map((one) => one.ready()));
  const operator = await ManagementClient.login(url, OPERATOR_SECRET);
  return {
    database,
    processes,
    ports,
    url,
    operator,
    stop: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await database.drop();
    },
  };
}

/** A name that production takes, below `.test` (RFC 6761 §6.2); requests of tests reach this machine whatever the name. */
export const PUBLIC_HOST = 'tenantry.test';

export function publicUrlAt(port: number): string {
  return `http://${PUBLIC_HOST}:${port}`;
}

const MASTER_KEY = masterKeyFrom('tests');

/** As random as production asks for, and the same at each call. */
export function masterKeyFrom(seed: string): string {
  return createHash('sha256').update(seed).digest('base64');
}

export function productionEnv(where: { databaseUrl: string; ownerUrl: string; publicUrl: string }) {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    WORKERS: '1',
    DATABASE_URL: where.databaseUrl,
    DATABASE_OWNER_URL: where.ownerUrl,
    PUBLIC_URL: where.publicUrl,
    TENANT_HOST_SUFFIX: PUBLIC_HOST,
    ALLOW_INSECURE_HTTP: 'true',
    MASTER_KEY,
    BOOTSTRAP_CLIENT_SECRET: OPERATOR_SECRET,
    BOOTSTRAP_ADMIN_PASSWORD: 'operators-first-password-3141',
  };
}

/** A login role that owns nothing, as docs/production.md asks for; it ends with the server. @returns its connection URL */
export async function createServingRole(database: TestDatabase): Promise<string> {
  const name = `serving_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' NOSUPERUSER NOBYPASSRLS IN ROLE tenantry_app`);
  const url = new URL(database.url);
  url.username = name;
  url.password = password;
  return url.href;
}

/** A login role that owns the tables, makes no roles and bypasses nothing. @returns its connection URL */
export async function createOwner(database: TestDatabase): Promise<string> {
  const name = `owning_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' NOSUPERUSER NOBYPASSRLS`);
  await database.query(`GRANT CREATE ON SCHEMA public TO ${name}`);
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  for (const table of tables) await database.query(`ALTER TABLE ${table.name} OWNER TO ${name}`);
  const functions = await database.query<{ name: string }>(
    `SELECT oid::regprocedure::text AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  );
  for (const one of functions) await database.query(`ALTER FUNCTION ${one.name} OWNER TO ${name}`);
  const url = new URL(database.url);
  url.username = name;
  url.password = password;
  return url.href;
}
