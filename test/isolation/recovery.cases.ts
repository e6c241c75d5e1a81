import { RecoveryRepository } from '../../src/recovery/recovery.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A user with something in place of the hash of a password. */
async function newUserWithPassword(world: World): Promise<string> {
  const { id } = await world.newUser();
  await world.platform.database.query(`UPDATE users SET password_hash = 'known' WHERE id = $1`, [id]);
  return id;
}

export const recoveryCases: RepositoryCases = {
  'RecoveryRepository.find': {
    prepare: async (world) => {
      const id = await newUserWithPassword(world);
      return (tenantId) => world.repository(RecoveryRepository).find(tenantId, id);
    },
  },
  'RecoveryRepository.reset': {
    prepare: async (world) => {
      const userId = await newUserWithPassword(world);
      const stored = { userId, knownHash: 'known', passwordHash: 'new', endsEverything: true, event: '[]' };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(RecoveryRepository).reset(tenantId, stored, transaction),
        );
    },
  },
};
