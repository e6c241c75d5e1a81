import { randomBytes, randomUUID } from 'node:crypto';
import { type PasskeyData, PasskeysRepository } from '../../src/passkeys/passkeys.repository.js';
import { UserFactorsRepository } from '../../src/factors/user-factors.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const challenge = () => ({ digest: randomBytes(32), lifetimeSeconds: 60 });

async function newPasskeyData(world: World): Promise<PasskeyData> {
  const { id: userId } = await world.newUser();
  return {
    id: randomUUID(),
    userId,
    rpId: 'localhost',
    credentialId: randomBytes(32).toString('base64url'),
    publicKey: new Uint8Array(randomBytes(77)),
    counter: 0,
    transports: ['internal'],
    backupEligible: false,
    backedUp: false,
    aaguid: randomUUID(),
    name: 'Key',
  };
}

async function newPasskey(world: World): Promise<PasskeyData> {
  const data = await newPasskeyData(world);
  await world.transaction(world.acmeId, (transaction) =>
    world
      .repository(PasskeysRepository)
      .create(world.acmeId, data, { challenge: challenge(), event: '[]' }, transaction),
  );
  return data;
}

export const passkeyCases: RepositoryCases = {
  'PasskeysRepository.list': {
    prepare: async (world) => {
      const { userId } = await newPasskey(world);
      return (tenantId) => world.repository(PasskeysRepository).list(tenantId, userId);
    },
  },
  'PasskeysRepository.listAll': {
    prepare: async (world) => {
      const { userId } = await newPasskey(world);
      return (tenantId) => world.repository(PasskeysRepository).listAll(tenantId, { userId, limit: 10 });
    },
  },
  'PasskeysRepository.find': {
    prepare: async (world) => {
      const { id } = await newPasskey(world);
      return (tenantId) => world.repository(PasskeysRepository).find(tenantId, id);
    },
  },
  'PasskeysRepository.findByCredential': {
    prepare: async (world) => {
      const { credentialId, rpId } = await newPasskey(world);
      return (tenantId) => world.repository(PasskeysRepository).findByCredential(tenantId, credentialId, rpId);
    },
  },
  'PasskeysRepository.create': {
    prepare: async (world) => {
      const data = await newPasskeyData(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world
            .repository(PasskeysRepository)
            .create(tenantId, data, { challenge: challenge(), event: '[]' }, transaction),
        );
    },
    foundNothing: (result) => result !== 'created',
  },
  'PasskeysRepository.use': {
    prepare: async (world) => {
      const { id } = await newPasskey(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world
            .repository(PasskeysRepository)
            .use(tenantId, { id, counter: 0, backedUp: false, challenge: challenge() }, transaction),
        );
    },
    foundNothing: (result) => result !== 'used',
  },
  'PasskeysRepository.rename': {
    prepare: async (world) => {
      const { id, userId } = await newPasskey(world);
      return (tenantId) => world.repository(PasskeysRepository).rename(tenantId, { id, userId, name: 'Mine' }, '[]');
    },
  },
  'PasskeysRepository.remove': {
    prepare: async (world) => {
      const { id, userId } = await newPasskey(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(PasskeysRepository).remove(tenantId, { id, userId }, '[]', transaction),
        );
    },
  },
  'UserFactorsRepository.findFirstPasskey': {
    prepare: async (world) => {
      const { userId } = await newPasskey(world);
      return (tenantId) => world.repository(UserFactorsRepository).findFirstPasskey(tenantId, userId);
    },
  },
  'UserFactorsRepository.deletePasskeys': {
    prepare: async (world) => {
      const { userId } = await newPasskey(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).deletePasskeys(tenantId, userId, transaction),
        );
    },
  },
};
