import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Branding } from './branding.js';
import type { TenantTexts } from './tenant-texts.js';
import { type BrandingVersion, MAX_BRANDING_VERSIONS, type Publication } from './branding-state.js';

const COLUMNS = 'number, branding, texts, source, restored_from, note, published_by, published_at';
const NEWEST = `SELECT number, branding, texts FROM tenant_branding_versions
                 WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1`;

const find = statement(
  'tenant_branding_versions.find',
  `SELECT ${COLUMNS} FROM tenant_branding_versions WHERE tenant_id = $1 AND number = $2`,
);
const list = statement(
  'tenant_branding_versions.list',
  `SELECT ${COLUMNS} FROM tenant_branding_versions
    WHERE tenant_id = $1 AND ($2::integer IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`,
);
/** What was changed by an older program, or before there was a history, is not lost either. */
const keepLive = statement(
  'tenant_branding_versions.keep_live',
  `WITH live AS (SELECT branding, texts FROM tenants WHERE id = $1 AND version = $2 FOR UPDATE)
   INSERT INTO tenant_branding_versions (tenant_id, number, branding, texts, source)
   SELECT $1, coalesce(n.number, 0) + 1, l.branding, l.texts, 'before'
     FROM live l LEFT JOIN (${NEWEST}) n ON true
    WHERE n.number IS NULL OR n.branding <> l.branding OR n.texts <> l.texts`,
);
const append = statement(
  'tenant_branding_versions.append',
  `WITH added AS (
     INSERT INTO tenant_branding_versions
       (tenant_id, number, branding, texts, source, restored_from, note, published_by)
     SELECT $1, n.number + 1, t.branding, t.texts, $2, $3, $4, $5
       FROM tenants t, (${NEWEST}) n
      WHERE t.id = $1 AND ($2 <> 'direct' OR n.branding <> t.branding OR n.texts <> t.texts)
     RETURNING ${COLUMNS}
   ), pruned AS (
     DELETE FROM tenant_branding_versions v USING added a
      WHERE v.tenant_id = $1 AND v.number <= a.number - ${MAX_BRANDING_VERSIONS}
   )
   SELECT ${COLUMNS} FROM added`,
);

interface Row {
  readonly number: number;
  readonly branding: Branding;
  readonly texts: TenantTexts;
  readonly source: BrandingVersion['source'];
  readonly restored_from: number | null;
  readonly note: string | null;
  readonly published_by: string | null;
  readonly published_at: Date;
}

/** What a tenant published, the last few of it. */
@Injectable()
export class BrandingVersionsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, number: number): Promise<BrandingVersion | undefined> {
    const [row] = await this.database.query<Row>(tenantId, find, [tenantId, number]);
    return row && toVersion(row);
  }

  /** Newest first, those older than the given one. */
  async list(
    tenantId: TenantId,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<BrandingVersion[]> {
    const rows = await this.database.query<Row>(tenantId, list, [tenantId, page.before ?? null, page.limit]);
    return rows.map(toVersion);
  }

  /** Before the tenant is changed: what is published belongs to the history. Locks the tenant when it has this version. */
  async keepLive(tenantId: TenantId, tenantVersion: number, transaction: Transaction): Promise<void> {
    await transaction.query(keepLive, [tenantId, tenantVersion]);
  }

  /** After the tenant was changed. @returns undefined when a direct change changed nothing of it */
  async append(
    tenantId: TenantId,
    { source, by, note, restoredFrom }: Publication,
    transaction: Transaction,
  ): Promise<BrandingVersion | undefined> {
    const values = [tenantId, source, restoredFrom ?? null, note ?? null, by];
    const [row] = await transaction.query<Row>(append, values);
    return row && toVersion(row);
  }
}

function toVersion(row: Row): BrandingVersion {
  return {
    number: row.number,
    branding: row.branding,
    texts: row.texts,
    source: row.source,
    restoredFrom: row.restored_from ?? undefined,
    note: row.note ?? undefined,
    publishedBy: row.published_by ?? undefined,
    publishedAt: row.published_at,
  };
}
