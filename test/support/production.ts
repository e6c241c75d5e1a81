import { randomBytes } from 'node:crypto';
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
  const url = `http://localhost:${ports[0]}`;
  const env = productionEnv({ databaseUrl, ownerUrl: database.url, publicUrl: url });
  const processes = ports.map((port) => new PlatformProcess({ env: { ...env, ...settings, PORT: String(port) } }));
  await Promise.all(processes.map((one) => one.ready()));
  return {
    database,
    processes,
    ports,
    url,
    operator: await ManagementClient.login(url, OPERATOR_SECRET),
    stop: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await database.drop();
    },
  };
}

export function productionEnv(where: { databaseUrl: string; ownerUrl: string; publicUrl: string }) {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    WORKERS: '1',
    DATABASE_URL: where.databaseUrl,
    DATABASE_OWNER_URL: where.ownerUrl,
    PUBLIC_URL: where.publicUrl,
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    BOOTSTRAP_CLIENT_SECRET: OPERATOR_SECRET,
    BOOTSTRAP_ADMIN_PASSWORD: 'operators-first-password-3141',
  };
}

/** A login role that owns nothing, as the README asks for in production; it ends with the server. @returns its connection URL */
export async function createServingRole(database: TestDatabase): Promise<string> {
  const name = `serving_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' NOSUPERUSER NOBYPASSRLS IN ROLE tenantry_app`);
  const url = new URL(database.url);
  url.username = name;
  url.password = password;
  return url.href;
}
