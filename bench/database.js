import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** One PostgreSQL for everybody, with the durability of production and a database for each. */
export async function startDatabase() {
  const { startEmbeddedPostgres } = await import('../dist/src/database/embedded-postgres.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, durability: 'full' });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  // The role that serves is one for the whole server, and only its maker may take it. So it is made for all.
  await admin.query('CREATE ROLE tenantry_app NOLOGIN NOSUPERUSER NOBYPASSRLS');
  return {
    /** A database with an owner who is no superuser; its URL. */
    create: async (name) => {
      const password = randomBytes(16).toString('hex');
      await admin.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD '${password}'`);
      await admin.query(`GRANT tenantry_app TO ${name} WITH SET TRUE, INHERIT FALSE`);
      await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
      const url = new URL(server.url);
      Object.assign(url, { username: name, password, pathname: `/${name}` });
      return url.href;
    },
    /** The same database as somebody whom row-level security does not hold. */
    superuserUrl: (url) => Object.assign(new URL(server.url), { pathname: new URL(url).pathname }).href,
    stop: async () => {
      await admin.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
