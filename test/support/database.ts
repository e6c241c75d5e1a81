import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of the suite's own, copied from the migrated template. */
export interface TestDatabase {
  readonly url: string;
  /** Runs SQL as the owner: what no test of behaviour may need, and tests of the database do. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export async function createTestDatabase(template = 'tenantry_template'): Promise<TestDatabase> {
  const cluster = process.env['TEST_CLUSTER_URL'];
  if (!cluster) throw new Error('The test server is not running; see test/support/global-setup.js.');
  const name = `suite_${randomBytes(6).toString('hex')}`;
  await onCluster(cluster, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[],
    drop: async () => {
      await client.end();
      await onCluster(cluster, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onCluster(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
