import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Branding } from './branding.js';
import type { TenantTexts } from './tenant-texts.js';
import type { BrandingDraft, BrandingState } from './branding-state.js';

const COLUMNS = 'version, branding, texts, base, changed_by, changed_at';
const find = statement(
  'tenant_branding_drafts.find',
  `SELECT ${COLUMNS} FROM tenant_branding_drafts WHERE tenant_id = $1`,
);
const save = statement(
  'tenant_branding_drafts.save',
  `INSERT INTO tenant_branding_drafts AS d (tenant_id, version, branding, texts, base, changed_by)
   SELECT $1, $2 + 1, $3, $4, $5, $6
    WHERE $2 = 0 OR EXISTS (SELECT FROM tenant_branding_drafts WHERE tenant_id = $1)
   ON CONFLICT (tenant_id) DO UPDATE
      SET version = d.version + 1, branding = excluded.branding, texts = excluded.texts, base = excluded.base,
          changed_by = excluded.changed_by, changed_at = now()
    WHERE d.version = $2
   RETURNING ${COLUMNS}`,
);

/** The place of a tenant's draft, which may be empty. */
export interface DraftPlace {
  /** 0 when there never was a draft. */
  readonly version: number;
  readonly draft: BrandingDraft | undefined;
}

interface Row {
  readonly version: number;
  readonly branding: Branding | null;
  readonly texts: TenantTexts | null;
  readonly base: string | null;
  readonly changed_by: string | null;
  readonly changed_at: Date;
}

/** The branding that a tenant prepares: one at most. */
@Injectable()
export class BrandingDraftsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId): Promise<DraftPlace> {
    const [row] = await this.database.query<Row>(tenantId, find, [tenantId]);
    return row ? toPlace(row) : { version: 0, draft: undefined };
  }

  /**
   * @param change the draft, or undefined to empty the place
   * @returns undefined when the version is stale
   */
  async save(
    tenantId: TenantId,
    version: number,
    { draft, by }: { readonly draft: (BrandingState & { readonly base: string }) | undefined; readonly by: string },
    transaction: Transaction,
  ): Promise<DraftPlace | undefined> {
    const state = draft
      ? [JSON.stringify(draft.branding), JSON.stringify(draft.texts), draft.base]
      : [null, null, null];
    const [row] = await transaction.query<Row>(save, [tenantId, version, ...state, by]);
    return row && toPlace(row);
  }
}

function toPlace({ version, branding, texts, base, changed_by: by, changed_at: changedAt }: Row): DraftPlace {
  if (branding === null || texts === null || base === null) return { version, draft: undefined };
  return { version, draft: { branding, texts, base, changedBy: by ?? undefined, changedAt } };
}
