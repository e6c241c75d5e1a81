import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

export interface AuditEventRow {
  readonly tenant_id: TenantId;
  readonly id: string;
  readonly occurred_at: Date | string;
  readonly type: string;
  readonly outcome: string;
  readonly actor: string | null | undefined;
  readonly client_id: string | null | undefined;
  readonly user_id: string | null | undefined;
  readonly target: string | null | undefined;
  readonly address: string | null | undefined;
  readonly request_id: string | null | undefined;
  readonly details: unknown;
}

const COLUMNS =
  'tenant_id, id, occurred_at, type, outcome, actor, client_id, user_id, target, address, request_id, details';
const append = statement(
  'audit_events.append',
  `INSERT INTO audit_events (${COLUMNS})
   SELECT ${COLUMNS} FROM jsonb_to_recordset($1::jsonb) AS event (tenant_id uuid, id uuid, occurred_at timestamptz,
     type text, outcome text, actor text, client_id text, user_id uuid, target text, address text, request_id text,
     details jsonb)`,
);
const list = statement(
  'audit_events.list',
  `SELECT ${COLUMNS} FROM audit_events
    WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR type = $3)
    ORDER BY id DESC LIMIT $4`,
);

@Injectable()
export class AuditEventsRepository {
  constructor(private readonly database: Database) {}

  /** Events of any tenants; the table takes them without a tenant being set, and shows them only with one. */
  async append(events: readonly AuditEventRow[], transaction?: Transaction): Promise<void> {
    const values = [JSON.stringify(events)];
    if (transaction) await transaction.query(append, values);
    else await this.database.platformQuery(append, values);
  }

  /** Newest first; ids are time-ordered. */
  async list(
    tenantId: TenantId,
    page: { readonly after?: string | undefined; readonly type?: string | undefined; readonly limit: number },
  ): Promise<AuditEventRow[]> {
    const values = [tenantId, page.after ?? null, page.type ?? null, page.limit];
    return this.database.query<AuditEventRow>(tenantId, list, values);
  }
}
