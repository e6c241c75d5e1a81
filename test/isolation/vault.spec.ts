import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { World } from './world.js';

let world: World;
let vault: TenantVault;
beforeAll(async () => {
  world = await World.create();
  vault = world.platform.application.nest.get(TenantVault);
});
afterAll(() => world.platform.stop());

describe('what is sealed under acme’s data key', () => {
  it('cannot be opened in the name of globex', async () => {
    const sealed = await vault.seal(world.acmeId, Buffer.from('secret'), 'test');
    await expect(vault.open(world.globexId, sealed, 'test')).rejects.toThrow();
    expect((await vault.open(world.acmeId, sealed, 'test')).toString()).toBe('secret');
  });

  it('cannot be opened by moving acme’s wrapped data key to globex', async () => {
    await world.platform.database.query(
      `UPDATE tenant_data_keys SET wrapped_key = (SELECT wrapped_key FROM tenant_data_keys WHERE tenant_id = $1)
        WHERE tenant_id = $2`,
      [world.acme.id, world.globex.id],
    );
    vault.forget(world.globexId);
    const sealed = await vault.seal(world.acmeId, Buffer.from('secret'), 'test');
    await expect(vault.open(world.globexId, sealed, 'test')).rejects.toThrow();
  });
});

describe('derived keys', () => {
  it('differ between tenants for the same purpose', async () => {
    const derived = await vault.deriveKey(world.acmeId, 'test');
    expect(await vault.deriveKey(world.acmeId, 'test')).toEqual(derived);
    const { id } = await world.platform.operator.create<{ id: typeof world.acmeId }>('/tenants', {
      slug: 'initech',
      display_name: 'Initech',
    });
    expect(await vault.deriveKey(id, 'test')).not.toEqual(derived);
  });
});
