import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { AuditEventRow } from '../audit/audit-row.js';
import { auditColumnsOf } from '../audit/audit-statement.js';

/** Which events are wanted: all that are given have to fit. */
export interface FeedFilter {
  readonly type?: string | undefined;
  readonly outcome?: string | undefined;
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
}

/** A place in the chain with its hash, base64url. */
export interface Placed {
  readonly seq: number;
  readonly hash: string;
}

/** A part of a chain, as it was at one moment. */
export interface FeedSlice {
  readonly last: Placed;
  /** The place before the first event that is kept. */
  readonly beginning: Placed;
  /** The place that was asked for; without a hash it is not there. */
  readonly from: { readonly seq: number; readonly hash: string | undefined };
  /** Up to where events were looked at; undefined when there is none after `from`. */
  readonly end: Placed | undefined;
  /** What fits, in order, and the places whose event is gone. */
  readonly found: readonly (Placed & { readonly event: AuditEventRow | undefined })[];
}

interface SliceRow extends AuditEventRow {
  readonly last_seq: string;
  readonly last_hash: Buffer;
  readonly first_seq: string;
  readonly first_hash: Buffer;
  readonly from_seq: string;
  readonly from_hash: Buffer | null;
  readonly end_seq: string | null;
  readonly end_hash: Buffer | null;
  readonly place: string | null;
  readonly place_hash: Buffer;
}

// One statement sees one state: what retention removes meanwhile is not left out without a word.
const slice = statement(
  'audit_links.feed',
  `WITH chain AS (
     SELECT seq, hash, first_seq, first_hash, coalesce($2::bigint, first_seq - 1) AS from_seq
       FROM audit_chains WHERE tenant_id = $1
   ), span AS MATERIALIZED (
     SELECT seq, event_id, occurred_at, hash FROM audit_links
      WHERE tenant_id = $1 AND seq >= (SELECT from_seq FROM chain) AND seq <= (SELECT from_seq FROM chain) + $3
      ORDER BY seq
   ), final AS (
     SELECT seq, hash FROM span ORDER BY seq DESC LIMIT 1
   ), found AS (
     SELECT l.seq AS place, l.hash AS place_hash, ${auditColumnsOf('e')}
       FROM span l
       LEFT JOIN LATERAL (SELECT * FROM audit_events o WHERE o.tenant_id = $1 AND o.id = l.event_id
                             AND o.occurred_at = l.occurred_at LIMIT 1) e ON true
      WHERE l.seq > (SELECT from_seq FROM chain)
        AND (e.id IS NULL OR (
          ($5::text IS NULL OR e.type = $5) AND ($6::text IS NULL OR e.outcome = $6)
          AND ($7::uuid IS NULL OR e.user_id = $7) AND ($8::text IS NULL OR e.client_id = $8)
          AND ($9::text IS NULL OR e.request_id = $9) AND ($10::text IS NULL OR e.address = $10)))
      ORDER BY l.seq LIMIT $4
   )
   SELECT c.seq AS last_seq, c.hash AS last_hash, c.first_seq, c.first_hash, c.from_seq,
          (SELECT hash FROM span WHERE seq = c.from_seq) AS from_hash,
          (SELECT seq FROM final) AS end_seq, (SELECT hash FROM final) AS end_hash, found.*
     FROM chain c LEFT JOIN found ON true ORDER BY found.place`,
);

/** Reads a tenant's events in the order of its chain. */
@Injectable()
export class AuditFeedRepository {
  constructor(private readonly database: Database) {}

  /**
   * At most `limit` events after the place `after`, and among at most `span` places. Without `after` from the beginning
   * of what is kept. @returns undefined when the log has no chain yet
   */
  async read(
    tenantId: TenantId,
    { after, filter, span, limit }: FeedWindow & { readonly filter: FeedFilter },
  ): Promise<FeedSlice | undefined> {
    const { type, outcome, userId, clientId, requestId, address } = filter;
    const wanted = [type, outcome, userId, clientId, requestId, address];
    const rows = await this.database.query<SliceRow>(tenantId, slice, [tenantId, after, span, limit, ...wanted]);
    return rows[0] && toSlice(rows[0], rows);
  }
}

interface FeedWindow {
  readonly after: number | undefined;
  readonly span: number;
  readonly limit: number;
}

function toSlice(row: SliceRow, rows: readonly SliceRow[]): FeedSlice {
  const from = Number(row.from_seq);
  const beginning = placed(Number(row.first_seq) - 1, row.first_hash);
  const hash = from === beginning.seq ? beginning.hash : row.from_hash?.toString('base64url');
  const end = row.end_seq !== null && row.end_hash !== null ? placed(row.end_seq, row.end_hash) : undefined;
  return {
    last: placed(row.last_seq, row.last_hash),
    beginning,
    from: { seq: from, hash },
    end: end && end.seq > from ? end : undefined,
    found: rows.filter(({ place }) => place !== null).map(toFound),
  };
}

function toFound({ place, place_hash: hash, ...row }: SliceRow): FeedSlice['found'][number] {
  const { tenant_id, id, occurred_at, type, outcome, actor, client_id, user_id, target } = row;
  const { address, request_id, details } = row;
  const event = { tenant_id, id, occurred_at, type, outcome, actor, client_id, user_id, target };
  return {
    ...placed(place ?? 0, hash),
    event: (id as string | null) === null ? undefined : { ...event, address, request_id, details },
  };
}

function placed(seq: string | number, hash: Buffer): Placed {
  return { seq: Number(seq), hash: hash.toString('base64url') };
}
