import type { LeaseAnswer } from '../../src/limits/leaky-bucket.js';
import { type TenantUsage, TenantRatesRepository } from '../../src/limits/tenant-rates.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const ONE_AN_HOUR = { limit: 1, per: 'hour' } as const;
const ONE = { asked: 1, givenBack: 0 };

const rates = (world: World) => world.repository(TenantRatesRepository);

export const limitCases: RepositoryCases = {
  'TenantRatesRepository.lease': {
    prepare: async (world) => {
      await rates(world).lease(world.acmeId, 'signIns', ONE_AN_HOUR, ONE);
      return (tenantId) => rates(world).lease(tenantId, 'signIns', ONE_AN_HOUR, ONE);
    },
    // Globex has a bucket of its own, and acme's is empty.
    foundNothing: (result) => (result as LeaseAnswer).granted === 1,
  },
  'TenantRatesRepository.findUsage': {
    prepare: async (world) => {
      await rates(world).lease(world.acmeId, 'managementCalls', ONE_AN_HOUR, ONE);
      return (tenantId) => rates(world).findUsage(tenantId);
    },
    foundNothing: (result) => !(result as TenantUsage).rates.has('managementCalls'),
  },
};
