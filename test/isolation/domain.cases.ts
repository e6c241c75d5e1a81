import { randomUUID } from 'node:crypto';
import { DomainsRepository } from '../../src/domains/domains.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const domains = (world: World) => world.repository(DomainsRepository);
const CHECK = { dns: { proven: false, found: [], detail: 'Nothing is there.' } };

/** A domain of acme's for one case alone. */
async function newDomain({ platform }: World): Promise<string> {
  const domain = `d-${randomUUID()}.example`;
  await platform.operator.create('/tenants/acme/domains', { domain });
  return domain;
}

async function newVerifiedDomain(world: World): Promise<string> {
  const domain = await newDomain(world);
  await world.platform.database.query('UPDATE tenant_domains SET verified_at = now() WHERE domain = $1', [domain]);
  return domain;
}

export const domainCases: RepositoryCases = {
  'DomainsRepository.find': {
    prepare: async (world) => {
      const domain = await newDomain(world);
      return (tenantId) => domains(world).find(tenantId, domain);
    },
  },
  'DomainsRepository.list': {
    prepare: async (world) => {
      await newDomain(world);
      return (tenantId) => domains(world).list(tenantId, { limit: 10 });
    },
  },
  'DomainsRepository.count': {
    prepare: async (world) => {
      await newDomain(world);
      return async (tenantId) =>
        (await world.entities(tenantId, (manager) => domains(world).count(tenantId, manager))) || undefined;
    },
  },
  'DomainsRepository.create': {
    prepare: (world) => {
      const one = { domain: `d-${randomUUID()}.example`, token: 'token' };
      return (tenantId) => world.entities(tenantId, (manager) => domains(world).create(tenantId, one, manager));
    },
  },
  'DomainsRepository.delete': {
    prepare: async (world) => {
      const domain = await newDomain(world);
      return (tenantId) => world.entities(tenantId, (manager) => domains(world).delete(tenantId, domain, manager));
    },
  },
  'DomainsRepository.claim': {
    prepare: async (world) => {
      const domain = await newDomain(world);
      await world.platform.database.query('INSERT INTO verified_domains (domain, tenant) VALUES ($1, $2)', [
        domain,
        world.acmeId,
      ]);
      return (tenantId) => world.entities(tenantId, (manager) => domains(world).claim(tenantId, domain, manager));
    },
  },
  'DomainsRepository.recordCheck': {
    prepare: async (world) => {
      const domain = await newDomain(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => domains(world).recordCheck(tenantId, domain, { check: CHECK }, manager));
    },
  },
  'DomainsRepository.recordProof': {
    prepare: async (world) => {
      const domain = await newVerifiedDomain(world);
      const standing = { failingSince: null, lapsesAt: null, warnedAt: null };
      const record = { check: CHECK, by: 'dns', standing, fault: null, afterSeconds: 60 } as const;
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          domains(world).recordProof(tenantId, { domain, version: 1 }, record, manager),
        );
    },
  },
  'DomainsRepository.lapse': {
    prepare: async (world) => {
      const domain = await newVerifiedDomain(world);
      const found = { check: CHECK, fault: 'Nothing is there.', afterSeconds: 60 };
      return (tenantId) =>
        world.entities(tenantId, (manager) => domains(world).lapse(tenantId, { domain, version: 1 }, found, manager));
    },
  },
  'DomainsRepository.setPrimary': {
    prepare: async (world) => {
      const domain = await newVerifiedDomain(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          domains(world).setPrimary(tenantId, domain, { primary: true, version: 1 }, manager),
        );
    },
  },
};
