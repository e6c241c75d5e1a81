import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { type Transaction, statement } from '../../src/database/statement.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import { givenPlatform } from '../support/given.js';

const shownTenant = statement('test.shown_tenant', `SELECT current_setting('app.tenant_id', true) AS id`);
const keep = statement(
  'test.keep',
  `INSERT INTO revoked_access_tokens (tenant_id, jti, expires_at) VALUES ($1, gen_random_uuid(), now())`,
);
const fail = statement('test.fail', 'SELECT 1 / $1::int');

const platform = givenPlatform();
let database: Database;
let tenantId: TenantId;
beforeAll(async () => {
  database = platform.application.nest.get(Database);
  const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug: 'acme', display_name: 'Acme' });
  tenantId = toTenantId(id);
});
beforeEach(() => platform.database.query('DELETE FROM revoked_access_tokens'));

const countKept = async () =>
  (await platform.database.query<{ kept: number }>('SELECT count(*)::int AS kept FROM revoked_access_tokens'))[0]?.kept;

describe('statements that are sent together', () => {
  it('run for the tenant that was named, and are kept', async () => {
    const [shown] = await database.pipeline(tenantId, (transaction) =>
      Promise.all([transaction.query<{ id: string }>(shownTenant, []), transaction.query(keep, [tenantId])]),
    );
    expect(shown).toEqual([{ id: tenantId }]);
    expect(await countKept()).toBe(1);
  });

  it('hold or fail together, with the error of the one that failed', async () => {
    const work = (transaction: Transaction) =>
      Promise.all([transaction.query(keep, [tenantId]), transaction.query(fail, [0])]);
    await expect(database.pipeline(tenantId, work)).rejects.toThrow('division by zero');
    expect(await countKept()).toBe(0);
  });

  it('take no statement after their commit, where it would run without a tenant', async () => {
    const late = database.pipeline(tenantId, async (transaction) => {
      await transaction.query(shownTenant, []);
      return transaction.query(keep, [tenantId]);
    });
    await expect(late).rejects.toThrow('test.keep came after the commit.');
    expect(await countKept()).toBe(0);
  });

  it('leave no transaction open when the work fails before it sends anything', async () => {
    const broken = database.pipeline(tenantId, () => {
      throw new Error('not ready');
    });
    await expect(broken).rejects.toThrow('not ready');
    const open = await platform.database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(open).toEqual([]);
  });
});
