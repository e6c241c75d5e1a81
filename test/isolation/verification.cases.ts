import { randomBytes, randomUUID } from 'node:crypto';
import { VerificationsRepository } from '../../src/verification/verifications.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

function newRow() {
  return {
    id: randomUUID(),
    purpose: 'sign_up' as const,
    address: 'ada@example.test',
    addressKey: `${randomUUID()}@example.test`,
    userId: undefined,
    linkDigest: randomBytes(32),
    codeDigest: randomBytes(32),
    requestId: undefined,
    browserDigest: randomBytes(32),
    data: undefined,
    lifetimeSeconds: 600,
  };
}

/** A verification of acme's for this case alone. */
async function newVerification(world: World) {
  const row = newRow();
  await world.transaction(world.acmeId, (transaction) =>
    world.repository(VerificationsRepository).create(world.acmeId, row, transaction),
  );
  return row;
}

export const verificationCases: RepositoryCases = {
  'VerificationsRepository.create': {
    prepare: (world) => {
      const row = newRow();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(VerificationsRepository).create(tenantId, row, transaction),
        );
    },
  },
  'VerificationsRepository.findByLink': {
    prepare: async (world) => {
      const { linkDigest } = await newVerification(world);
      return (tenantId) => world.repository(VerificationsRepository).findByLink(tenantId, 'sign_up', linkDigest);
    },
  },
  'VerificationsRepository.find': {
    prepare: async (world) => {
      const { id, browserDigest } = await newVerification(world);
      return (tenantId) => world.repository(VerificationsRepository).find(tenantId, 'sign_up', id, [browserDigest]);
    },
  },
  'VerificationsRepository.guess': {
    prepare: async (world) => {
      const { id, browserDigest } = await newVerification(world);
      return (tenantId) => world.repository(VerificationsRepository).guess(tenantId, 'sign_up', id, [browserDigest]);
    },
  },
  'VerificationsRepository.redeem': {
    prepare: async (world) => {
      const { id } = await newVerification(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(VerificationsRepository).redeem(tenantId, 'sign_up', id, transaction),
        );
    },
  },
  'VerificationsRepository.withdraw': {
    prepare: async (world) => {
      const { id } = await newVerification(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(VerificationsRepository).withdraw(tenantId, 'sign_up', { id }, transaction),
        );
    },
  },
};
