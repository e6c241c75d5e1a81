import { randomUUID } from 'node:crypto';
import { GrantUsageRepository } from '../../src/clients/grant-usage.repository.js';
import type { TenantId } from '../../src/database/tenant-id.js';
import { PolicyImpactRepository } from '../../src/policy-impact/policy-impact.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A client of acme's that used the password grant. */
async function usedClient(world: World): Promise<string> {
  const body = { grant_types: ['client_credentials'], client_id: randomUUID().replace(/-/g, 'x') };
  const { client_id: id } = await world.platform.operator.create<{ client_id: string }>('/tenants/acme/clients', body);
  await world.repository(GrantUsageRepository).add(world.acmeId, [useBy(id)]);
  return id;
}

const useBy = (clientId: string) => {
  const now = new Date();
  return { clientId, grantType: 'password', day: now.toISOString().slice(0, 10), uses: 1, lastUsedAt: now };
};

export const policyCases: RepositoryCases = {
  'GrantUsageRepository.add': {
    prepare: async (world) => {
      const id = await usedClient(world);
      const usage = world.repository(GrantUsageRepository);
      const counted = async () => (await usage.list(world.acmeId, id, 1))[0]?.uses;
      return async (tenantId: TenantId) => {
        const before = await counted();
        await usage.add(tenantId, [useBy(id)]);
        return (await counted()) !== before;
      };
    },
  },
  'GrantUsageRepository.list': {
    prepare: async (world) => {
      const id = await usedClient(world);
      return (tenantId) => world.repository(GrantUsageRepository).list(tenantId, id, 1);
    },
  },
  'GrantUsageRepository.findLast': {
    prepare: async (world) => {
      const id = await usedClient(world);
      return (tenantId) => world.repository(GrantUsageRepository).findLast(tenantId, [id]);
    },
  },
  'PolicyImpactRepository.listClients': {
    prepare: async (world) => {
      const id = await usedClient(world);
      return async (tenantId) =>
        (await world.repository(PolicyImpactRepository).listClients(tenantId, 1000)).filter(
          ({ clientId }) => clientId === id,
        );
    },
  },
  'PolicyImpactRepository.countUsers': {
    prepare: async (world) => {
      const user = { username: randomUUID(), email: `${randomUUID()}@acme.test` };
      const { id } = await world.platform.operator.create<{ id: string }>('/tenants/acme/users', user);
      // The newest of more than a sample would not be among them.
      await world.platform.database.query('UPDATE users SET email_verified = true WHERE id <> $1', [id]);
      return async (tenantId) => {
        const counts = { limit: 1000, termsVersion: null };
        const found = await world.repository(PolicyImpactRepository).countUsers(tenantId, counts);
        return found?.unverifiedSample?.includes(id);
      };
    },
  },
};
