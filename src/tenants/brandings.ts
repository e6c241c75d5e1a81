import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { TenantEntity } from './tenant.entity.js';
import { TenantsService } from './tenants.service.js';
import { BrandingDraftsRepository, type DraftPlace } from './branding-drafts.repository.js';
import { type BrandingState, type BrandingVersion, type Publication, digestOf } from './branding-state.js';

/** The draft is not the one that was to be published; nothing was. */
export class StaleDraftError extends Error {}

/** The life of a branding: it is drafted, published, and brought back. */
@Injectable()
export class Brandings {
  constructor(
    private readonly database: Database,
    private readonly drafts: BrandingDraftsRepository,
    private readonly tenants: TenantsService,
  ) {}

  findDraft(tenant: TenantEntity): Promise<DraftPlace> {
    return this.drafts.find(toTenantId(tenant.id));
  }

  /** Puts a state into the place of the draft. @returns undefined when another change was faster */
  saveDraft(
    tenant: TenantEntity,
    place: DraftPlace,
    change: { readonly state: BrandingState; readonly by: string },
    companion: Companion<DraftPlace>,
  ): Promise<DraftPlace | undefined> {
    const draft = { ...change.state, base: place.draft?.base ?? digestOf(tenant) };
    return this.replace(tenant, place, { draft, by: change.by }, companion);
  }

  discardDraft(
    tenant: TenantEntity,
    place: DraftPlace,
    by: string,
    companion: Companion<DraftPlace>,
  ): Promise<DraftPlace | undefined> {
    return this.replace(tenant, place, { draft: undefined, by }, companion);
  }

  /**
   * What is drafted is what people see, and there is no draft any more.
   * @returns undefined when the version of the tenant is stale
   * @throws StaleDraftError when the draft was changed meanwhile
   */
  publish(
    tenant: TenantEntity,
    { version, draft }: DraftPlace,
    publication: Publication,
    companion: Companion<BrandingVersion>,
  ): Promise<BrandingVersion | undefined> {
    if (!draft) throw new Error('There is no draft to publish.');
    const { branding, texts } = draft;
    return this.tenants.publish(tenant, { branding, texts }, publication, companion, async (transaction) => {
      const emptied = { draft: undefined, by: publication.by };
      const place = await this.drafts.save(toTenantId(tenant.id), version, emptied, transaction);
      if (!place) throw new StaleDraftError();
    });
  }

  /** Publishes an earlier version again; a draft stays. @returns undefined when the tenant changed meanwhile */
  revert(
    tenant: TenantEntity,
    { number, branding, texts }: BrandingVersion,
    by: string,
    companion: Companion<BrandingVersion>,
  ): Promise<BrandingVersion | undefined> {
    return this.tenants.publish(tenant, { branding, texts }, { source: 'revert', by, restoredFrom: number }, companion);
  }

  private replace(
    tenant: TenantEntity,
    place: DraftPlace,
    change: Parameters<BrandingDraftsRepository['save']>[2],
    companion: Companion<DraftPlace>,
  ): Promise<DraftPlace | undefined> {
    const id = toTenantId(tenant.id);
    return unitOfWork(this.database, id, companion, (_, transaction) =>
      this.drafts.save(id, place.version, change, transaction),
    );
  }
}

/** Whether something else was published since the draft was begun. */
export function isOutdated(tenant: BrandingState, { draft }: DraftPlace): boolean {
  return draft !== undefined && draft.base !== digestOf(tenant);
}
