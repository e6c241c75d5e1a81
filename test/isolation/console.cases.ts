import { randomBytes } from 'node:crypto';
import { ConsoleSessionsRepository } from '../../src/console/console-sessions.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const sessions = (world: World) => world.repository(ConsoleSessionsRepository);
const CLAIM = { endingWithinSeconds: 90, forSeconds: 5 };
const TOKENS = { tokens: Buffer.from('sealed'), accessSeconds: 60 };

/** A session of acme's Alice. @returns its digest */
async function newSession(world: World): Promise<Buffer> {
  const digest = randomBytes(32);
  await sessions(world).create(world.acmeId, { digest, userId: world.acme.aliceId, ...TOKENS });
  return digest;
}

export const consoleCases: RepositoryCases = {
  'ConsoleSessionsRepository.create': {
    prepare: (world) => (tenantId) =>
      sessions(world).create(tenantId, { digest: randomBytes(32), userId: world.acme.aliceId, ...TOKENS }),
  },
  'ConsoleSessionsRepository.find': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).find(tenantId, digest);
    },
  },
  'ConsoleSessionsRepository.claim': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).claim(tenantId, digest, CLAIM);
    },
  },
  'ConsoleSessionsRepository.giveUpClaim': {
    prepare: async (world) => {
      const digest = await newSession(world);
      await sessions(world).claim(world.acmeId, digest, CLAIM);
      return (tenantId) => sessions(world).giveUpClaim(tenantId, digest);
    },
  },
  'ConsoleSessionsRepository.touch': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).touch(tenantId, digest);
    },
  },
  'ConsoleSessionsRepository.renew': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).renew(tenantId, digest, TOKENS);
    },
  },
  'ConsoleSessionsRepository.end': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).end(tenantId, digest);
    },
  },
};
