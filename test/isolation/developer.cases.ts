import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../src/database/statement.js';
import type { TenantId } from '../../src/database/tenant-id.js';
import { ClientOwnersRepository, type OwnedCounts } from '../../src/developers/client-owners.repository.js';
import { ClientRegistrationsRepository } from '../../src/developers/client-registrations.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const registrations = (world: World) => world.repository(ClientRegistrationsRepository);
const owners = (world: World) => world.repository(ClientOwnersRepository);

/** A draft of acme's with an owner, for one case alone. */
export async function newRegistration(world: World): Promise<{ id: string; userId: string }> {
  const { id: userId } = await world.newUser();
  const id = uuidv7();
  const draft = { id, clientId: `client-${randomUUID()}`, proposal: { client_name: 'Draft' } };
  await world.transaction(world.acmeId, async (transaction) => {
    await registrations(world).create(world.acmeId, draft, transaction);
    await owners(world).add(world.acmeId, id, userId, transaction);
  });
  return { id, userId };
}

/** The same, and its owner asks somebody of this name. */
async function newInvitation(world: World) {
  const { id: registrationId, userId } = await newRegistration(world);
  const [id, identifier] = [uuidv7(), `user-${randomUUID()}`];
  const invitation = {
    id,
    registrationId,
    invited: identifier,
    identifier,
    invitedBy: userId,
    isTransfer: false,
    days: 1,
  };
  await world.transaction(world.acmeId, (transaction) => owners(world).invite(world.acmeId, invitation, transaction));
  return invitation;
}

const within =
  (world: World, work: (tenantId: TenantId, transaction: Transaction) => Promise<unknown>) => (tenantId: TenantId) =>
    world.transaction(tenantId, (transaction) => work(tenantId, transaction));

export const developerCases: RepositoryCases = {
  'ClientRegistrationsRepository.find': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      return (tenantId) => registrations(world).find(tenantId, id);
    },
  },
  'ClientRegistrationsRepository.findOfOwner': {
    prepare: async (world) => {
      const { id, userId } = await newRegistration(world);
      return (tenantId) => registrations(world).findOfOwner(tenantId, id, userId);
    },
  },
  'ClientRegistrationsRepository.list': {
    prepare: async (world) => {
      await newRegistration(world);
      return (tenantId) => registrations(world).list(tenantId, { limit: 10, state: 'draft' });
    },
  },
  'ClientRegistrationsRepository.listOfOwner': {
    prepare: async (world) => {
      const { userId } = await newRegistration(world);
      return (tenantId) => registrations(world).listOfOwner(tenantId, userId, { limit: 10 });
    },
  },
  'ClientRegistrationsRepository.create': {
    prepare: (world) =>
      within(world, (tenantId, transaction) => {
        const draft = { id: uuidv7(), clientId: `client-${randomUUID()}`, proposal: {} };
        return registrations(world).create(tenantId, draft, transaction);
      }),
  },
  'ClientRegistrationsRepository.propose': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      const change = { version: 1, state: 'pending', proposal: {} } as const;
      return within(world, (tenantId, transaction) => registrations(world).propose(tenantId, id, change, transaction));
    },
  },
  'ClientRegistrationsRepository.decide': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      const decision = { version: 1, state: 'rejected', by: 'client:operator@system' } as const;
      return within(world, (tenantId, transaction) => registrations(world).decide(tenantId, id, decision, transaction));
    },
  },
  'ClientRegistrationsRepository.lock': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      return within(world, (tenantId, transaction) => registrations(world).lock(tenantId, id, transaction));
    },
  },
  'ClientRegistrationsRepository.delete': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      return within(world, (tenantId, transaction) => registrations(world).delete(tenantId, id, transaction));
    },
  },
  'ClientOwnersRepository.list': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      return (tenantId) => owners(world).list(tenantId, id);
    },
  },
  'ClientOwnersRepository.countsOf': {
    prepare: async (world) => {
      const { userId } = await newRegistration(world);
      return (tenantId) => owners(world).countsOf(tenantId, userId);
    },
    foundNothing: (counts) => (counts as OwnedCounts).owned === 0,
  },
  'ClientOwnersRepository.listReachable': {
    prepare: async (world) => {
      const { id, userId } = await newRegistration(world);
      await world.platform.database.query(
        `UPDATE users SET email = 'owner-' || id || '@mail.test', email_verified = true WHERE id = $1`,
        [userId],
      );
      return within(world, (tenantId, transaction) => owners(world).listReachable(tenantId, id, transaction));
    },
  },
  'ClientOwnersRepository.lockUser': {
    prepare: async (world) => {
      const { userId } = await newRegistration(world);
      return within(world, (tenantId, transaction) => owners(world).lockUser(tenantId, userId, transaction));
    },
  },
  'ClientOwnersRepository.add': {
    prepare: async (world) => {
      const { id } = await newRegistration(world);
      const { id: userId } = await world.newUser();
      return within(world, (tenantId, transaction) => owners(world).add(tenantId, id, userId, transaction));
    },
  },
  'ClientOwnersRepository.remove': {
    prepare: async (world) => {
      const { id, userId } = await newRegistration(world);
      return within(world, (tenantId, transaction) => owners(world).remove(tenantId, id, userId, transaction));
    },
  },
  'ClientOwnersRepository.listInvitations': {
    prepare: async (world) => {
      const { registrationId } = await newInvitation(world);
      return (tenantId) => owners(world).listInvitations(tenantId, registrationId);
    },
  },
  'ClientOwnersRepository.listInvitationsFor': {
    prepare: async (world) => {
      const { identifier } = await newInvitation(world);
      return (tenantId) => owners(world).listInvitationsFor(tenantId, [identifier]);
    },
  },
  'ClientOwnersRepository.invite': {
    prepare: async (world) => {
      const invitation = await newInvitation(world);
      const again = { ...invitation, id: uuidv7(), isTransfer: true };
      return within(world, async (tenantId, transaction) => {
        await owners(world).invite(tenantId, again, transaction);
        return true;
      });
    },
  },
  'ClientOwnersRepository.withdraw': {
    prepare: async (world) => {
      const { id, registrationId } = await newInvitation(world);
      return within(world, (tenantId, transaction) =>
        owners(world).withdraw(tenantId, registrationId, id, transaction),
      );
    },
  },
  'ClientOwnersRepository.decline': {
    prepare: async (world) => {
      const { id, identifier } = await newInvitation(world);
      return within(world, (tenantId, transaction) => owners(world).decline(tenantId, id, [identifier], transaction));
    },
  },
  'ClientOwnersRepository.take': {
    prepare: async (world) => {
      const { id, identifier } = await newInvitation(world);
      return within(world, (tenantId, transaction) => owners(world).take(tenantId, id, [identifier], transaction));
    },
  },
};
