import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDevelopmentSecrets } from '../../src/config/development-secrets.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';
import { createOwner, createServingRole, masterKeyFrom, productionEnv } from '../support/production.js';

const EX_CONFIG = 78;

let database: TestDatabase;
let serving: string;
let dataDir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  serving = await createServingRole(database);
  dataDir = mkdtempSync(join(tmpdir(), 'tenantry-refused-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

describe('A wrong value ends the start with code 78, the name, the value and what is allowed', () => {
  it('of each variable, and never a secret', async () => {
    const errors = await expectRefusal({
      PORT: 'abc',
      PUBLIC_URL: 'ftp://id.example.com',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
    });
    expect(errors).toContain('PORT is "abc"; allowed: a port from 1 to 65535');
    expect(errors).toContain('PUBLIC_URL is "ftp://id.example.com"; allowed: an origin such as https://id.example.com');
    expect(errors).toContain('DATABASE_URL is (hidden); allowed: ');
    expect(errors).not.toContain('hunter2');
  });
});

describe('A listener that cannot be had', () => {
  it.each(['1', '2'])('is named once, with WORKERS=%s', async (workers) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const errors = await expectRefusal({ PORT: port, WORKERS: workers });
    expect(errors).toBe(
      `Tenantry cannot start.\nPORT ${port} is in use on 127.0.0.1; set another one, such as PORT=${Number(port) + 1}.\n`,
    );
    taken.close();
  });

  it('has no such name', async () => {
    expect(await expectRefusal({ HOST: 'nowhere.invalid' })).toContain('HOST nowhere.invalid is not known');
  });
});

describe('A DATA_DIR that cannot be used', () => {
  it('is named with the reason', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    // Linux makes no folder there, whoever asks.
    const unmakeable = process.platform === 'linux' ? ['/proc/tenantry/data'] : [];
    for (const path of [file, join(file, 'below'), ...unmakeable]) {
      expect(await expectRefusal({ DATA_DIR: path })).toContain(
        `DATA_DIR is ${JSON.stringify(path)}; allowed: a directory`,
      );
    }
  });
});

describe('Production refuses', () => {
  // Each of these by itself: test/config/load-config.spec.ts.
  it('to start without what has no default', async () => {
    const names = ['DATABASE_URL', 'MASTER_KEY', 'PUBLIC_URL', 'TENANT_HOST_SUFFIX'];
    const errors = await expectRefusal(production(Object.fromEntries(names.map((name) => [name, '']))));
    for (const name of names) expect(errors).toContain(`${name} is not set`);
  });

  it('secrets that were generated for development', async () => {
    const { masterKey, bootstrapClientSecret, bootstrapAdminPassword } = loadDevelopmentSecrets(dataDir);
    const secrets = {
      MASTER_KEY: masterKey,
      BOOTSTRAP_CLIENT_SECRET: bootstrapClientSecret,
      BOOTSTRAP_ADMIN_PASSWORD: bootstrapAdminPassword,
    };
    const errors = await expectRefusal(production(secrets));
    for (const [name, secret] of Object.entries(secrets)) {
      expect(errors).toContain(`${name} is the one that was generated for development`);
      expect(errors).not.toContain(secret);
    }
  });

  it('public addresses that are another machine to everybody', async () => {
    const addresses = { PUBLIC_URL: 'https://id.localhost:8443', TENANT_HOST_SUFFIX: 'localhost' };
    const errors = await expectRefusal(production(addresses));
    for (const name of Object.keys(addresses)) {
      expect(errors).toMatch(new RegExp(`^${name} is ".*", which is another machine to everybody who reads it`, 'm'));
    }
  });

  it('an address without TLS, unless it is told so', async () => {
    const errors = await expectRefusal(production({ PUBLIC_URL: 'http://id.example.com', ALLOW_INSECURE_HTTP: '' }));
    expect(errors).toContain('PUBLIC_URL is "http://id.example.com", without TLS');
  });

  it('to serve as the owner of the tables, unless it is told so', async () => {
    const own = await createTestDatabase();
    const owner = await createOwner(own);
    try {
      const env = production({ DATABASE_URL: owner, DATABASE_OWNER_URL: '' });
      expect(await expectRefusal(env)).toMatch(/DATABASE_URL connects as \w+, which owns the tables/);
      const told = new PlatformProcess({ env: await withPort({ ...env, DATABASE_SERVE_AS_OWNER: 'true' }) });
      await told.ready();
      await told.stop();
    } finally {
      await own.drop();
    }
  });

  it('a database role that row-level security does not hold for', async () => {
    const errors = await expectRefusal(production({ DATABASE_URL: database.url }));
    expect(errors).toMatch(/DATABASE_URL connects as \w+, which is a superuser or may bypass row-level security/);
  });

  it('a first start without the secrets of the first operator', async () => {
    for (const name of ['BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD']) {
      expect(await expectRefusal(production({ [name]: '' }))).toContain(`${name} is not set`);
    }
  });

  it('a database that has the demo and its printed passwords', async () => {
    const demo = await createTestDatabase();
    try {
      await demo.query(`INSERT INTO platform_settings VALUES ('demo_seeded_at', '"2026-01-01T00:00:00Z"')`);
      const url = await createServingRole(demo);
      const env = { DATABASE_URL: url, DATABASE_OWNER_URL: demo.url };
      expect(await expectRefusal(production(env))).toContain('DATABASE_URL has the demo tenants');
    } finally {
      await demo.drop();
    }
  });

  it('another MASTER_KEY than the one its database was set up with', async () => {
    const first = new PlatformProcess({ env: await withPort(production({})) });
    await first.ready();
    await first.stop();
    const errors = await expectRefusal(production({ MASTER_KEY: masterKeyFrom('another') }));
    expect(errors).toContain('MASTER_KEY is not the one this database was set up with');
  });
});

describe('A database that cannot be used', () => {
  it('is named, without its password', async () => {
    const port = await freePort();
    const url = `postgres://someone:hunter2@127.0.0.1:${port}/nothing`;
    const errors = await expectRefusal({ DATABASE_URL: url });
    expect(errors).toContain('The database of DATABASE_URL cannot be reached');
    expect(errors).not.toContain('hunter2');
  });

  it('is not touched when the generated secrets are damaged, and their place is said', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'tenantry-refused-'));
    loadDevelopmentSecrets(broken);
    const file = join(broken, 'secrets.json');
    const half = readFileSync(file, 'utf8').slice(0, 100);
    writeFileSync(file, half);
    const errors = await expectRefusal({ DATA_DIR: broken });
    expect(errors).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe(half);
    rmSync(broken, { recursive: true });
  });
});

function production(changes: Readonly<Record<string, string>>): Record<string, string> {
  const where = { databaseUrl: serving, ownerUrl: database.url, publicUrl: 'https://id.example.com' };
  return { ...productionEnv(where), ...changes };
}

async function withPort(env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  return { PORT: String(await freePort()), DATA_DIR: dataDir, ...env };
}

/** @returns what it says on standard error */
async function expectRefusal(env: Readonly<Record<string, string>>): Promise<string> {
  const refused = new PlatformProcess({ env: await withPort(env) });
  expect((await refused.ended).code).toBe(EX_CONFIG);
  expect(refused.output).not.toContain('ready');
  expect(refused.errors).toMatch(/^Tenantry cannot start\.\n/);
  expect(refused.errors).not.toContain('    at ');
  return refused.errors;
}
