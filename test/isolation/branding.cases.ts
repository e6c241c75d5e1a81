import { digest } from '../../src/crypto/digest.js';
import { BrandingPreviewsRepository } from '../../src/tenants/branding-previews.repository.js';
import { BrandingDraftsRepository, type DraftPlace } from '../../src/tenants/branding-drafts.repository.js';
import { BrandingVersionsRepository } from '../../src/tenants/branding-versions.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const drafts = (world: World) => world.repository(BrandingDraftsRepository);
const versions = (world: World) => world.repository(BrandingVersionsRepository);

/** A draft of acme's. @returns its version */
async function newDraft(world: World): Promise<number> {
  await world.platform.operator.patch('/tenants/acme/branding', { branding: { primary_color: '#0a5a40' } });
  return (await drafts(world).find(world.acmeId)).version;
}

/** A published one of acme's. @returns its number */
async function newVersion(world: World): Promise<number> {
  await newDraft(world);
  const made = await world.platform.operator.create<{ number: number }>('/tenants/acme/branding/publish', {});
  return made.number;
}

export const brandingCases: RepositoryCases = {
  'BrandingPreviewsRepository.find': {
    prepare: async (world) => {
      const { url } = await world.platform.operator.create<{ url: string }>('/tenants/acme/branding/previews', {});
      const token = new URL(url).searchParams.get('token') ?? '';
      return (tenantId) => world.repository(BrandingPreviewsRepository).find(tenantId, digest(token));
    },
  },
  'BrandingDraftsRepository.find': {
    prepare: async (world) => {
      await newDraft(world);
      return (tenantId) => drafts(world).find(tenantId);
    },
    foundNothing: (result) => (result as DraftPlace).draft === undefined,
  },
  'BrandingDraftsRepository.save': {
    prepare: async (world) => {
      const version = await newDraft(world);
      const change = { draft: undefined, by: 'client:operator@system' };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) => drafts(world).save(tenantId, version, change, transaction));
    },
  },
  'BrandingVersionsRepository.find': {
    prepare: async (world) => {
      const number = await newVersion(world);
      return (tenantId) => versions(world).find(tenantId, number);
    },
  },
  'BrandingVersionsRepository.list': {
    prepare: async (world) => {
      await newVersion(world);
      return (tenantId) => versions(world).list(tenantId, { limit: 5 });
    },
  },
};
