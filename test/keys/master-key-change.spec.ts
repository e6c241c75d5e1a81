import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BootstrapService } from '../../src/bootstrap/bootstrap.service.js';
import { MasterKeyWrapper } from '../../src/keys/master-key-wrapper.js';
import { tenantry } from '../support/command-line.js';
import { basic, postForm } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { createServingRole, masterKeyFrom, productionEnv } from '../support/production.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

const OLD = Buffer.from(masterKeyFrom('old'), 'base64');
const NEW = Buffer.from(masterKeyFrom('new'), 'base64');
const BOTH = { masterKey: NEW, masterKeyPrevious: OLD };

/** Two processes that are replaced one after the other, while machines get tokens at whichever are there. */
let first: Platform;
let running: Platform[];
const tenants: TenantFixture[] = [];
const statuses: number[] = [];
let loading = true;
let load: Promise<void>;
let underWay: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  first = await startPlatform({ config: { masterKey: OLD } });
  running = [first, await startPlatform({ beside: first })];
  tenants.push(await createTenant(first, 'acme'));
  load = (async () => {
    for (let turn = 0; loading; turn += 1) {
      const platform = running[turn % running.length];
      const tenant = tenants[turn % tenants.length];
      if (!platform || !tenant) continue;
      const request = tokenAt(platform, tenant, turn % 2 ? 'orders:read' : 'stock:read');
      underWay = request;
      statuses.push(await request);
    }
  })();
});
afterAll(async () => {
  loading = false;
  await load;
  for (const platform of running.filter((one) => one !== first)) await platform.stop();
  await first.stop();
});

async function tokenAt(platform: Platform, tenant: TenantFixture, scope: string): Promise<number> {
  const authorization = basic('machine', tenant.secrets.machine);
  const form = { grant_type: 'client_credentials', scope };
  return (await postForm(`${platform.url}/t/${tenant.slug}/token`, form, { authorization })).status;
}

/** As a rolling restart does: the new one first, and the old one ends when nothing is sent to it any more. */
async function replace(index: number, config: object): Promise<void> {
  const old = running[index];
  running[index] = await startPlatform({ beside: first, config });
  await underWay;
  // The first one holds the database of this suite, so it stays and is only left alone.
  if (old && old !== first) await old.stop();
}

const env = async () => ({
  ...productionEnv({
    databaseUrl: await createServingRole(first.database),
    ownerUrl: first.database.url,
    publicUrl: 'https://id.example.com',
  }),
  MASTER_KEY: NEW.toString('base64'),
});

describe('A change of MASTER_KEY under load', () => {
  it('is not noticed while processes with one key and with both run side by side', async () => {
    await replace(0, BOTH);
    // Made by a process that has both, and used at one that has the old key only.
    tenants.push(await createTenant({ operator: first.operator }, 'at-once'));
    const [both, old] = running;
    if (!both || !old) throw new Error('Two processes run.');
    const at = { operator: Object.assign(Object.create(first.operator), { url: both.url }) };
    tenants.push(await createTenant(at, 'brief'));
    for (const tenant of tenants) {
      for (const platform of [both, old]) expect(await tokenAt(platform, tenant, 'orders:read')).toBe(200);
    }
    await replace(1, BOTH);
  });

  it('moves every data key by one command, which says what comes next', async () => {
    const before = await keys();
    const rewrapped = await tenantry(['keys', 'rewrap'], {
      ...(await env()),
      MASTER_KEY_PREVIOUS: OLD.toString('base64'),
    });
    expect(rewrapped).toMatchObject({ code: 0, errors: '' });
    expect(rewrapped.output).toContain('4 data keys were moved');
    const { current } = running[0]?.application.nest.get(MasterKeyWrapper) ?? {};
    const after = await keys();
    expect(after.length).toBe(before.length);
    for (const key of after) expect(key.subarray(1, 9).equals(current?.id ?? Buffer.alloc(0))).toBe(true);
  }, 60_000);

  it('wraps under the new key at once in every process', async () => {
    const [both] = running;
    const at = { operator: Object.assign(Object.create(first.operator), { url: both?.url }) };
    tenants.push(await createTenant(at, 'fresh'));
    const alone = await startPlatform({ beside: first, config: { masterKey: NEW } });
    for (const tenant of tenants) expect(await tokenAt(alone, tenant, 'orders:read')).toBe(200);
    await alone.stop();
  });

  it('fails no request', async () => {
    loading = false;
    await load;
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('has nothing to do without MASTER_KEY_PREVIOUS', async () => {
    const { code, errors } = await tenantry(['keys', 'rewrap'], await env());
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('MASTER_KEY_PREVIOUS is not set') });
  });

  it.each([
    ['the key of before alone', { masterKey: OLD }],
    ['another key', { masterKey: Buffer.from(masterKeyFrom('other'), 'base64') }],
  ])('refuses a start with %s', async (_, config) => {
    const wrong = await startPlatform({ beside: first, config });
    await expect(wrong.application.nest.get(BootstrapService).run()).rejects.toThrow(
      'MASTER_KEY is not the one this database was set up with',
    );
    await wrong.stop();
  });

  it('refuses a start without the key of before while some data keys need it', async () => {
    await first.database.query(`INSERT INTO platform_settings VALUES ('master_key_unfinished', '"x"')`);
    const alone = await startPlatform({ beside: first, config: { masterKey: NEW } });
    await expect(alone.application.nest.get(BootstrapService).run()).rejects.toThrow(
      'still under the MASTER_KEY of before',
    );
    await alone.stop();
  });

  it('refuses a start whose key does not open what is stored', async () => {
    await first.database.query(`DELETE FROM platform_settings WHERE name = 'master_key_unfinished'`);
    await first.database.query(
      `UPDATE tenant_data_keys SET wrapped_key = set_byte(wrapped_key, 40, 255 - get_byte(wrapped_key, 40))`,
    );
    const mixed = await startPlatform({ beside: first, config: { masterKey: NEW } });
    await expect(mixed.application.nest.get(BootstrapService).run()).rejects.toThrow('does not open the stored keys');
    await mixed.stop();
  });
});

async function keys(): Promise<Buffer[]> {
  const rows = await first.database.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM tenant_data_keys');
  return rows.map(({ wrapped_key: key }) => key);
}
