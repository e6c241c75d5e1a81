import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Of everything, and of nothing beside it. */
export const DATABASES = ['scale', 'scale_empty'];

/**
 * A PostgreSQL in a directory of its own, which stays: seeding a million users once is enough. With DATABASE_URL it is
 * that server, whose role has to be a superuser: triggers are off while rows are copied.
 */
export async function openScaleDatabase(dir) {
  mkdirSync(dir, { recursive: true });
  const keys = keysIn(join(dir, 'keys.json'));
  const server = await serverIn(dir);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const own = (name, user, password) =>
    Object.assign(new URL(server.url), { username: user, password, pathname: `/${name}` }).href;
  return {
    keys,
    /** Removed and made anew, for an owner who is no superuser. */
    create: async (name) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      for (const role of ['tenantry_app', name]) await makeRole(admin, role);
      await admin.query(`ALTER ROLE ${name} LOGIN CREATEROLE PASSWORD '${keys.password}'`);
      await admin.query(`GRANT tenantry_app TO ${name} WITH SET TRUE, INHERIT FALSE`);
      await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
    },
    urlOf: (name) => own(name, name, keys.password),
    /** The same, of one that was seeded with the keys of this directory. @throws Error that names the command */
    seededUrlOf: async (name) => {
      const url = own(name, name, keys.password);
      const owner = new pg.Client({ connectionString: url });
      try {
        await owner.connect();
        await owner.query('SELECT FROM tenants LIMIT 1');
      } catch (error) {
        const command = `npm run seed:scale -- --dir ${dir}`;
        throw new Error(`${dir} has no database "${name}" of its keys. Run ${command} first. (${error.message})`);
      } finally {
        await owner.end().catch(() => undefined);
      }
      return url;
    },
    /** The same as somebody whom row-level security does not hold. */
    superuserUrlOf: (name) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href,
    stop: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

async function serverIn(dir) {
  const { DATABASE_URL: url } = process.env;
  if (url) return { url, stop: () => Promise.resolve() };
  const { startEmbeddedPostgres } = await import('../dist/src/database/embedded-postgres.js');
  return startEmbeddedPostgres({ dataDir: dir, durability: 'full', settings: { max_wal_size: '4GB' } });
}

async function makeRole(admin, name) {
  const { rows } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (rows.length === 0) await admin.query(`CREATE ROLE ${name} NOSUPERUSER NOBYPASSRLS`);
}

/** What the rows were sealed with, and what the platform is asked with. */
function keysIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const keys = {
      masterKey: randomBytes(32).toString('base64'),
      operatorSecret: randomBytes(32).toString('base64url'),
      password: randomBytes(16).toString('hex'),
    };
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
    return keys;
  }
}
