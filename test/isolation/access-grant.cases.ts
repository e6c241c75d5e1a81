import { randomUUID } from 'node:crypto';
import { AccessGrantsRepository } from '../../src/operator-access/access-grants.repository.js';
import { OwnersRepository } from '../../src/operator-access/owners.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const grants = (world: World) => world.repository(AccessGrantsRepository);
const owners = (world: World) => world.repository(OwnersRepository);

interface When {
  readonly begins?: string | null;
  readonly expires?: string;
}

/** A grant of acme's for one case alone. */
export async function newAccessGrant(world: World, { begins = '-1 hour', expires = '1 hour' }: When = {}) {
  const id = randomUUID();
  await world.platform.database.query(
    `INSERT INTO access_grants (tenant_id, id, operator, reason, reach, level, emergency, duration_seconds, begins_at,
                                expires_at)
     VALUES ($1, $2, 'client:operator@system', 'For a test.', '{people}', 'read', false, 3600, now() + $3::interval,
             now() + $4::interval)`,
    [world.acmeId, id, begins, expires],
  );
  return { id };
}

async function newOwner(world: World): Promise<void> {
  const { id } = await world.newUser();
  await world.platform.database.query(
    `UPDATE users SET tenant_admin = true, email = $2, email_verified = true WHERE id = $1`,
    [id, `${id}@acme.test`],
  );
}

export const accessGrantCases: RepositoryCases = {
  'AccessGrantsRepository.create': {
    prepare: (world) => {
      const id = randomUUID();
      const grant = {
        operator: 'client:operator@system',
        operatorRegistrationId: null,
        reason: 'For a test.',
        ticket: null,
        reach: ['people'],
        level: 'read',
        emergency: false,
        durationSeconds: 3600,
        beginsIn: 0,
        lapsesIn: 1,
      } as const;
      return (tenantId) => world.transaction(tenantId, (within) => grants(world).create(tenantId, id, grant, within));
    },
  },
  'AccessGrantsRepository.find': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world);
      return (tenantId) => grants(world).find(tenantId, id);
    },
  },
  'AccessGrantsRepository.list': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world);
      return async (tenantId) =>
        (await grants(world).list(tenantId, { after: undefined, limit: 100 })).filter((grant) => grant.id === id);
    },
  },
  'AccessGrantsRepository.findGiven': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world);
      return async (tenantId) => (await grants(world).findGiven(tenantId)).filter((grant) => grant.id === id);
    },
  },
  'AccessGrantsRepository.countOpen': {
    prepare: async (world) => {
      await newAccessGrant(world);
      const [before] = [
        await world.transaction(world.globexId, (within) => grants(world).countOpen(world.globexId, within)),
      ];
      return async (tenantId) =>
        (await world.transaction(tenantId, (within) => grants(world).countOpen(tenantId, within))) - before;
    },
  },
  'AccessGrantsRepository.approve': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world, { begins: null });
      return (tenantId) =>
        world.transaction(tenantId, (within) => grants(world).approve(tenantId, id, 'user:pam@acme', within));
    },
  },
  'AccessGrantsRepository.end': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world);
      return (tenantId) =>
        world.transaction(tenantId, (within) => grants(world).end(tenantId, id, 'user:pam@acme', within));
    },
  },
  'AccessGrantsRepository.hold': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world);
      return (tenantId) => world.transaction(tenantId, (within) => grants(world).hold(tenantId, id, within));
    },
  },
  'AccessGrantsRepository.recordExpiry': {
    prepare: async (world) => {
      const { id } = await newAccessGrant(world, { begins: '-2 hours', expires: '-1 hour' });
      return (tenantId) => grants(world).recordExpiry(tenantId, id, '[]');
    },
  },
  'OwnersRepository.exist': {
    prepare: async (world) => {
      await newOwner(world);
      return (tenantId) => owners(world).exist(tenantId);
    },
  },
  'OwnersRepository.listReachable': {
    prepare: async (world) => {
      await newOwner(world);
      return (tenantId) => world.transaction(tenantId, (within) => owners(world).listReachable(tenantId, within));
    },
  },
};
