import { randomBytes, randomUUID } from 'node:crypto';
import { SetupLinksRepository } from '../../src/setup-links/setup-links.repository.js';
import { SetupSessionsRepository } from '../../src/setup-links/setup-sessions.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const links = (world: World) => world.repository(SetupLinksRepository);
const sessions = (world: World) => world.repository(SetupSessionsRepository);

/** A link of acme's for one case alone. */
export async function newSetupLink(world: World): Promise<{ readonly id: string; readonly digest: Buffer }> {
  const [id, digest] = [randomUUID(), randomBytes(32)];
  await world.platform.database.query(
    `INSERT INTO setup_links (tenant_id, id, digest, purposes, single_use, made_by, maker_tenant_id, maker_client_id,
                              expires_at)
     VALUES ($1, $2, $3, '{brand}', false, 'client:operator@system', $1, 'operator', now() + interval '1 hour')`,
    [world.acmeId, id, digest],
  );
  return { id, digest };
}

async function newSession(world: World): Promise<Buffer> {
  const { id } = await newSetupLink(world);
  const digest = randomBytes(32);
  await world.transaction(world.acmeId, (within) => sessions(world).create(world.acmeId, digest, id, within));
  return digest;
}

export const setupLinkCases: RepositoryCases = {
  'SetupLinksRepository.create': {
    prepare: async (world) => {
      // The digest of a link of acme's is nobody else's business, and its id makes another link.
      const { id } = await newSetupLink(world);
      const link = {
        ...{
          digest: randomBytes(32),
          purposes: ['brand' as const],
          singleUse: false,
          email: null,
          locale: null,
          note: null,
        },
        ...{ madeBy: 'client:operator@system', makerUserId: null, makerClientId: 'operator' },
        ...{ makerTenantId: world.acmeId, makerRegistrationId: null, lifetimeSeconds: 3600 },
      } as const;
      return async (tenantId) => {
        const made = await world.transaction(tenantId, (within) =>
          links(world).create(tenantId, randomUUID(), link, within),
        );
        const [row] = await world.platform.database.query<{ tenant_id: string }>(
          'SELECT tenant_id FROM setup_links WHERE id = $1',
          [made?.id ?? id],
        );
        return row?.tenant_id === world.acmeId ? made : undefined;
      };
    },
  },
  'SetupLinksRepository.find': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return (tenantId) => links(world).find(tenantId, id);
    },
  },
  'SetupLinksRepository.findByDigest': {
    prepare: async (world) => {
      const { digest } = await newSetupLink(world);
      return (tenantId) => links(world).findByDigest(tenantId, digest);
    },
  },
  'SetupLinksRepository.list': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return async (tenantId) =>
        (await links(world).list(tenantId, { after: undefined, status: undefined, limit: 100 })).filter(
          (link) => link.id === id,
        );
    },
  },
  'SetupLinksRepository.open': {
    prepare: async (world) => {
      const { digest } = await newSetupLink(world);
      return (tenantId) => world.transaction(tenantId, (within) => links(world).open(tenantId, digest, within));
    },
  },
  'SetupLinksRepository.revoke': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return (tenantId) =>
        world.transaction(tenantId, (within) => links(world).revoke(tenantId, id, 'user:pam@acme', within));
    },
  },
  'SetupLinksRepository.hold': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return (tenantId) => world.transaction(tenantId, (within) => links(world).hold(tenantId, id, within));
    },
  },
  'SetupLinksRepository.touch': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return (tenantId) => links(world).touch(tenantId, id);
    },
  },
  'SetupLinksRepository.note': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      const act = { type: 'domain.created', target: 'domain:evil.example' };
      return (tenantId) => world.transaction(tenantId, (within) => links(world).note(tenantId, id, act, within));
    },
  },
  'SetupSessionsRepository.create': {
    prepare: async (world) => {
      const { id } = await newSetupLink(world);
      return async (tenantId) => {
        const digest = randomBytes(32);
        await world.transaction(tenantId, (within) => sessions(world).create(tenantId, digest, id, within));
        return sessions(world).find(tenantId, digest);
      };
    },
  },
  'SetupSessionsRepository.find': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).find(tenantId, digest);
    },
  },
  'SetupSessionsRepository.touch': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => sessions(world).touch(tenantId, digest);
    },
  },
  'SetupSessionsRepository.end': {
    prepare: async (world) => {
      const digest = await newSession(world);
      return (tenantId) => world.transaction(tenantId, (within) => sessions(world).end(tenantId, digest, within));
    },
  },
};
