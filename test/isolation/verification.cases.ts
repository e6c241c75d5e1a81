import { randomBytes, randomUUID } from 'node:crypto';
import { VerificationsRepository } from '../../src/verification/verifications.repository.js';
import { InvitationsRepository } from '../../src/registration/invitations.repository.js';
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

/** An invitation of acme's for this case alone. */
async function newInvitation(world: World) {
  const [id, verificationId] = [randomUUID(), randomUUID()];
  const data = invitationData(verificationId);
  await world.entities(world.acmeId, (manager) =>
    world.repository(InvitationsRepository).create(world.acmeId, id, data, manager),
  );
  return { id, verificationId };
}

function invitationData(verificationId: string) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const open = { withdrawnAt: null, acceptedAt: null, userId: null, locale: null };
  const rest = { tenantAdmin: false, roles: [], sentAt: new Date(), expiresAt, ...open };
  return { email: 'ada@example.test', attributes: {}, verificationId, ...rest };
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
  'VerificationsRepository.nameUser': {
    prepare: async (world) => {
      const { id } = await newVerification(world);
      const { id: userId } = await world.platform.operator.create<{ id: string }>('/tenants/acme/users', {
        username: `user-${randomUUID()}`,
      });
      return (tenantId) =>
        world
          .transaction(tenantId, (transaction) =>
            world.repository(VerificationsRepository).nameUser(tenantId, id, userId, transaction),
          )
          .catch(() => undefined); // it throws for a verification that is not there
    },
  },
  'VerificationsRepository.takeTurn': {
    prepare: async (world) => {
      const { id, browserDigest } = await newVerification(world);
      await world.transaction(world.acmeId, (transaction) =>
        world.repository(VerificationsRepository).redeem(world.acmeId, 'sign_up', id, transaction),
      );
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(VerificationsRepository).takeTurn(tenantId, 'sign_up', id, [browserDigest], transaction),
        );
    },
  },
  'InvitationsRepository.find': {
    prepare: async (world) => {
      const { id } = await newInvitation(world);
      return (tenantId) => world.repository(InvitationsRepository).find(tenantId, id);
    },
  },
  'InvitationsRepository.list': {
    prepare: async (world) => {
      await newInvitation(world);
      return async (tenantId) => (await world.repository(InvitationsRepository).list(tenantId, { limit: 10 })).rows;
    },
  },
  'InvitationsRepository.create': {
    prepare: (world) => {
      const [id, data] = [randomUUID(), invitationData(randomUUID())];
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(InvitationsRepository).create(tenantId, id, data, manager),
        );
    },
  },
  'InvitationsRepository.update': {
    prepare: async (world) => {
      const { id } = await newInvitation(world);
      const change = { version: 1, data: { withdrawnAt: new Date() } };
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(InvitationsRepository).update(tenantId, id, change, manager),
        );
    },
  },
  'InvitationsRepository.accept': {
    prepare: async (world) => {
      const { id, verificationId } = await newInvitation(world);
      const { id: userId } = await world.platform.operator.create<{ id: string }>('/tenants/acme/users', {
        username: `user-${randomUUID()}`,
      });
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(InvitationsRepository).accept(tenantId, { id, verificationId, userId }, transaction),
        );
    },
  },
  'VerificationsRepository.withdraw': {
    prepare: async (world) => {
      const { id } = await newVerification(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(VerificationsRepository).withdraw(tenantId, ['sign_up'], { id }, transaction),
        );
    },
  },
};
