import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ChangeFeed } from '../../src/database/change-feed.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { type TenantFixture, clientCredentials, createTenant } from '../support/tenant-fixture.js';

/** As the change feed calls itself when it connects; the pool goes on. */
const FEED = 'tenantry changes';

let cable: TcpProxy;
let platform: Platform;
let feed: ChangeFeed;
let acme: TenantFixture;
beforeAll(async () => {
  platform = await startPlatform({
    reach: async (databaseUrl) => {
      const url = new URL(databaseUrl);
      cable = await TcpProxy.start({ host: '127.0.0.1', port: Number(url.port) });
      url.hostname = '127.0.0.1';
      url.port = String(cable.port);
      return url.href;
    },
  });
  feed = platform.application.nest.get(ChangeFeed);
  acme = await createTenant(platform, 'acme');
});
afterAll(async () => {
  await platform.stop();
  await cable.stop();
});
beforeEach(async () => {
  cable.restore();
  await until(() => feed.connected);
  await platform.database.query(`UPDATE tenants SET status = 'active' WHERE id = $1`, [acme.id]);
  await setEnabled(true);
  await until(async () => (await token()) === 200);
});

async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fits())) await delay(20);
}

const token = async () => (await clientCredentials(acme, { scope: 'orders:read' })).status;
const keysAt = async () => (await send(`${acme.issuer}/jwks`)).text;
/** Not through the process: only an announcement could tell it. */
const setEnabled = (enabled: boolean) =>
  platform.database.query(`UPDATE clients SET enabled = $2 WHERE tenant_id = $1 AND client_id = 'machine'`, [
    acme.id,
    enabled,
  ]);

const SILENCES: Readonly<Record<string, () => void>> = {
  'is cut off': () => cable.interrupt(FEED),
  'freezes without a word': () => cable.freeze(FEED),
};

describe.each(Object.entries(SILENCES))('while the feed %s and the pool goes on', (_, silence) => {
  it('a suspended tenant is soon not there', async () => {
    silence();
    await platform.database.query(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [acme.id]);
    await until(async () => (await token()) === 404);
  });

  it('a disabled client is soon refused', async () => {
    silence();
    await setEnabled(false);
    await until(async () => (await token()) === 401);
  });

  it('a withdrawn key is soon not published', async () => {
    const before = await keysAt();
    silence();
    await platform.database.query(
      `UPDATE signing_keys SET published_until = now() WHERE tenant_id = $1 AND signs_from IS NULL`,
      [acme.id],
    );
    await until(async () => (await keysAt()) !== before);
    await platform.database.query(`UPDATE signing_keys SET published_until = NULL WHERE tenant_id = $1`, [acme.id]);
  });
});

describe('while the feed has no connection', () => {
  it('the process says that it is not ready and why, and goes on to serve', async () => {
    cable.interrupt(FEED);
    await until(() => !feed.connected);
    const ready = await send(`${platform.url}/health/ready`);
    expect([ready.status, ready.json()]).toEqual([503, { status: 'unavailable', changes: 'silent' }]);
    expect(Number(ready.headers['retry-after'])).toBeGreaterThan(0);
    expect(await token()).toBe(200);
  });
});

describe('when the feed is back', () => {
  it('what changed meanwhile is known at once, however soon it came back', async () => {
    expect(await token()).toBe(200);
    cable.interrupt(FEED);
    await until(() => !feed.connected);
    await setEnabled(false);
    cable.restore();
    await until(() => feed.connected);
    expect(await token()).toBe(401);
  });
});

describe('a tenant’s data key', () => {
  it('that changed is not used any longer', async () => {
    const vault = platform.application.nest.get(TenantVault);
    const globex = await createTenant(platform, 'globex');
    const id = toTenantId(globex.id);
    const sealed = await vault.seal(id, Buffer.from('secret'), 'test');
    await platform.database.query(
      `UPDATE tenant_data_keys SET wrapped_key = (SELECT wrapped_key FROM tenant_data_keys WHERE tenant_id = $1)
        WHERE tenant_id = $2`,
      [acme.id, id],
    );
    await until(() =>
      vault.open(id, sealed, 'test').then(
        () => false,
        () => true,
      ),
    );
    await until(async () => (await clientCredentials(globex, { scope: 'orders:read' })).status === 500);
  });
});

describe('an announcement', () => {
  it('names the table that its trigger was told, also where a partition is what changed', async () => {
    await platform.database.query(`
      CREATE TABLE parted (tenant_id uuid, key text) PARTITION BY HASH (tenant_id);
      CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 1, REMAINDER 0);
      CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON parted
        FOR EACH ROW EXECUTE FUNCTION notify_change('parted', 'tenant_id', 'key')`);
    const heard: string[] = [];
    feed.subscribe({
      changed: ({ table, key }) => heard.push(`${table} ${key}`),
      missed: () => undefined,
    });
    await platform.database.query(`INSERT INTO parted VALUES ($1, 'first')`, [acme.id]);
    await platform.database.query(`UPDATE parted SET key = 'second'`);
    await platform.database.query(`DELETE FROM parted`);
    await until(() => heard.length >= 4);
    expect(heard).toEqual(['parted first', 'parted first', 'parted second', 'parted second']);
  });

  it('is made for every table that a cache reads', async () => {
    const triggers = await platform.database.query<{ table: string; told: string }>(
      `SELECT tgrelid::regclass::text AS table, encode(tgargs, 'escape') AS told FROM pg_trigger
        WHERE tgname = 'notify' AND tgrelid <> ALL (ARRAY(SELECT oid FROM pg_class WHERE relname LIKE 'parted%'))
        ORDER BY 1`,
    );
    expect(triggers.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['apis', 'client_secrets', 'clients', 'signing_keys', 'tenant_data_keys', 'tenants']),
    );
    // A tenant is announced under each of its names, by a function of its own.
    const named = triggers.filter(({ table }) => table !== 'tenants');
    for (const { table, told } of named) expect(told.split('\\000')[0]).toBe(table);
  });
});
