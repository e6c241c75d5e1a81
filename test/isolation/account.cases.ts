import { AccountDeletionsRepository } from '../../src/account/account-deletions.repository.js';
import { ApplicationUsesRepository } from '../../src/account/application-uses.repository.js';
import { AccountUpkeep } from '../../src/maintenance/account-upkeep.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A user of acme's whose account is deleted so many seconds from now. */
async function leaving(world: World, seconds: number): Promise<string> {
  const { id } = await world.newUser();
  await world.platform.database.query(
    'UPDATE users SET deletion_scheduled_for = now() + make_interval(secs => $2) WHERE id = $1',
    [id, seconds],
  );
  return id;
}

export const accountCases: RepositoryCases = {
  'AccountDeletionsRepository.schedule': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world
            .repository(AccountDeletionsRepository)
            .schedule(tenantId, id, { graceDays: 3, event: '[]' }, transaction),
        );
    },
  },
  'AccountDeletionsRepository.withdraw': {
    prepare: async (world) => {
      const id = await leaving(world, 600);
      return (tenantId) => world.repository(AccountDeletionsRepository).withdraw(tenantId, id, undefined);
    },
  },
  'AccountDeletionsRepository.destroy': {
    prepare: async (world) => {
      // What is due is destroyed by the case alone.
      await world.repository(AccountUpkeep).onApplicationShutdown();
      const id = await leaving(world, -1);
      return (tenantId) => world.repository(AccountDeletionsRepository).destroy(tenantId, id, '[]');
    },
  },
  'ApplicationUsesRepository.list': {
    prepare: async (world) => {
      await world.tokens();
      return async (tenantId) => [
        ...(await world.repository(ApplicationUsesRepository).list(tenantId, world.acme.aliceId, 600)),
      ];
    },
  },
};
