import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ConfigError } from '../../src/config/config.js';
import { type ConnectionDemand, fitPool } from '../../src/database/connection-budget.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';
import { createServingRole, productionEnv } from '../support/production.js';

let database: TestDatabase;
let serving: string;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  serving = await createServingRole(database);
  client = new Client({ connectionString: serving });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const role = () => new URL(serving).username;
const name = () => new URL(serving).pathname.slice(1);
const fit = async (demand: Partial<ConnectionDemand>) => {
  const warnings: string[] = [];
  const size = await fitPool(client, { workers: 2, poolSize: 10, production: true, ...demand }, (warning) =>
    warnings.push(warning),
  );
  return { size, warnings };
};

describe('the pools of all workers', () => {
  it('are as large as DATABASE_POOL_SIZE says where they fit', async () => {
    expect(await fit({})).toEqual({ size: 10, warnings: [] });
  });

  it('need one more each and three beside them, to the last connection', async () => {
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT 25`); // 2 × (10 + 1) + 3
    expect(await fit({})).toEqual({ size: 10, warnings: [] });
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT 24`);
    await expect(fit({})).rejects.toThrow(
      /DATABASE_POOL_SIZE 10 and WORKERS 2 need 25 connections .* the role's CONNECTION LIMIT allows 24\. Set DATABASE_POOL_SIZE to 9 or less/,
    );
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT -1`);
  });

  it.each([
    ['the server', () => 'SELECT 1', { workers: 1000 }, 'max_connections'],
    ['the database', () => `ALTER DATABASE ${name()} CONNECTION LIMIT 8`, {}, "the database's CONNECTION LIMIT"],
  ])('are refused in production where %s allows fewer', async (_, limit, demand, by) => {
    await database.query(limit());
    await expect(fit(demand)).rejects.toThrow(ConfigError);
    await expect(fit(demand)).rejects.toThrow(`${by} allows`);
    await database.query(`ALTER DATABASE ${name()} CONNECTION LIMIT -1`);
  });

  it('are made smaller in development, and that is said', async () => {
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT 12`);
    const { size, warnings } = await fit({ production: false });
    expect([size, warnings]).toEqual([3, [expect.stringContaining('The pools are made smaller.') as unknown]]);
    expect((await fit({ production: false, workers: 40 })).size).toBe(1);
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT -1`);
  });

  it('end the start with code 78 and the numbers', async () => {
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT 9`);
    const port = await freePort();
    const publicUrl = 'https://id.example.com';
    const env = productionEnv({ databaseUrl: serving, ownerUrl: database.url, publicUrl });
    const platform = new PlatformProcess({ env: { ...env, PORT: String(port), DATABASE_POOL_SIZE: '20' } });
    expect((await platform.ended).code).toBe(78);
    expect(platform.errors).toContain('DATABASE_POOL_SIZE 20 and WORKERS 1 need 24 connections');
    expect(platform.errors).toContain('Set DATABASE_POOL_SIZE to 5 or less');
    await database.query(`ALTER ROLE ${role()} CONNECTION LIMIT -1`);
  });
});
