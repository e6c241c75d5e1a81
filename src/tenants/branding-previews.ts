import { Injectable } from '@nestjs/common';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import { toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { BRAND_IMAGES, type BrandImageName, withoutImages } from './branding.js';
import { BrandingDraftsRepository } from './branding-drafts.repository.js';
import { BrandingPreviewsRepository } from './branding-previews.repository.js';
import type { Tenant } from './tenant.js';
import type { TenantEntity } from './tenant.entity.js';

/** A link to look at a draft. */
export interface BrandingPreview {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A tenant as its draft would make it, for who has the link. */
export interface PreviewedTenant {
  readonly tenant: Tenant;
  /** `data:` URIs of those images that are other ones than what is published. */
  readonly draftImages: Readonly<Partial<Record<BrandImageName, string>>>;
  readonly expiresAt: Date;
}

/** As `randomSecret` makes them. */
const TOKEN = /^[\w-]{43}$/;

/** Who has a link sees the draft as it is then, or what is published when there is none. */
@Injectable()
export class BrandingPreviews {
  constructor(
    private readonly database: Database,
    private readonly previews: BrandingPreviewsRepository,
    private readonly drafts: BrandingDraftsRepository,
  ) {}

  create(
    { id }: TenantEntity,
    by: string,
    companion: Companion<BrandingPreview>,
  ): Promise<BrandingPreview | undefined> {
    const tenantId = toTenantId(id);
    const token = randomSecret();
    return unitOfWork(this.database, tenantId, companion, async (_, transaction) => {
      const expiresAt = await this.previews.create(tenantId, { digest: digest(token), by }, transaction);
      return expiresAt && { token, expiresAt };
    });
  }

  /** Undefined when the link is none of this tenant's, or has ended. */
  async open(tenant: Tenant, token: string): Promise<PreviewedTenant | undefined> {
    const expiresAt = TOKEN.test(token) ? await this.previews.find(tenant.id, digest(token)) : undefined;
    if (!expiresAt) return undefined;
    const { draft } = await this.drafts.find(tenant.id);
    if (!draft) return { tenant, draftImages: {}, expiresAt };
    const branding = withoutImages(draft.branding);
    const isNew = (name: BrandImageName) => branding[`${name}Version`] !== tenant.branding[`${name}Version`];
    const images = BRAND_IMAGES.filter(isNew).map((name) => [name, draft.branding[name]] as const);
    return {
      tenant: { ...tenant, branding, texts: draft.texts },
      draftImages: Object.fromEntries(images.filter(([, image]) => image !== undefined)),
      expiresAt,
    };
  }
}
