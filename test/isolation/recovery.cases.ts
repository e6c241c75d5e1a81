import { randomUUID } from 'node:crypto';
import { RecoveryRepository } from '../../src/recovery/recovery.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A user of acme's for this case alone, with something in place of the hash of a password. */
async function newUser({ platform }: World): Promise<string> {
  const body = { username: `user-${randomUUID()}` };
  const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', body);
  await platform.database.query(`UPDATE users SET password_hash = 'known' WHERE id = $1`, [id]);
  return id;
}

export const recoveryCases: RepositoryCases = {
  'RecoveryRepository.find': {
    prepare: async (world) => {
      const id = await newUser(world);
      return (tenantId) => world.repository(RecoveryRepository).find(tenantId, id);
    },
  },
  'RecoveryRepository.reset': {
    prepare: async (world) => {
      const userId = await newUser(world);
      const stored = { userId, knownHash: 'known', passwordHash: 'new', endsEverything: true, event: '[]' };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(RecoveryRepository).reset(tenantId, stored, transaction),
        );
    },
  },
};
