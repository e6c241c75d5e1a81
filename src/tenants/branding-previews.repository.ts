import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

export const BRANDING_PREVIEW_SECONDS = 3600;
/** So many links of a tenant work at a time; another one ends the oldest. */
export const MAX_BRANDING_PREVIEWS = 20;

const create = statement(
  'tenant_branding_previews.create',
  `WITH ended AS (
     DELETE FROM tenant_branding_previews
      WHERE tenant_id = $1 AND (expires_at <= now() OR digest IN (
        SELECT digest FROM tenant_branding_previews WHERE tenant_id = $1
         ORDER BY created_at DESC, digest OFFSET ${MAX_BRANDING_PREVIEWS - 1}))
   )
   INSERT INTO tenant_branding_previews (tenant_id, digest, created_by, expires_at)
   VALUES ($1, $2, $3, now() + ${BRANDING_PREVIEW_SECONDS} * interval '1 second')
   RETURNING expires_at`,
);
const find = statement(
  'tenant_branding_previews.find',
  'SELECT expires_at FROM tenant_branding_previews WHERE tenant_id = $1 AND digest = $2 AND expires_at > now()',
);

interface Row {
  readonly expires_at: Date;
}

/** Links with which a draft is looked at. */
@Injectable()
export class BrandingPreviewsRepository {
  constructor(private readonly database: Database) {}

  /** @returns when the link ends */
  async create(
    tenantId: TenantId,
    link: { readonly digest: Buffer; readonly by: string },
    transaction: Transaction,
  ): Promise<Date | undefined> {
    const [row] = await transaction.query<Row>(create, [tenantId, link.digest, link.by]);
    return row?.expires_at;
  }

  /** @returns when the link ends; undefined when there is none (any more) */
  async find(tenantId: TenantId, digest: Buffer): Promise<Date | undefined> {
    const [row] = await this.database.query<Row>(tenantId, find, [tenantId, digest]);
    return row?.expires_at;
  }
}
