import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { AuditEventRow } from '../audit/audit-row.js';
import { auditColumnsOf } from '../audit/audit-statement.js';
import { idAt } from '../database/id-at.js';
import type { DailyUsage } from '../usage/daily-usage.js';
import { addDailyUsage } from '../usage/usage-statement.js';
import { type ByPersonalValue, type Link, genesisHash } from './sealed-event.js';

/** The end of a tenant's chain. Hashes are base64url. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
  readonly firstSeq: number;
  /** The hash before the first link that is kept. */
  readonly firstHash: string;
  readonly begunAt: Date;
  readonly checkpointSeq: number;
  readonly checkpointAt: Date;
  readonly erasures: number;
  /** Every event from before this moment has its place, unless it was committed much later. */
  readonly settledAt: Date;
}

export interface StoredLink extends Link {
  readonly hash: string;
  readonly digests: ByPersonalValue | null;
  readonly salts: ByPersonalValue | null;
}

/** A link with its event, which is absent when it is not kept any more. */
export interface LinkedEvent extends StoredLink {
  readonly event: AuditEventRow | undefined;
}

export interface Checkpoint {
  readonly seq: number;
  readonly kid: string;
  readonly jws: string;
}

interface LinkRow extends AuditEventRow {
  readonly seq: string;
  readonly event_id: string;
  readonly linked_at: Date;
  readonly digest: Buffer;
  readonly hash: Buffer;
  readonly digests: ByPersonalValue | null;
  readonly salts: ByPersonalValue | null;
}

interface HeadRow {
  readonly seq: string;
  readonly hash: Buffer;
  readonly first_seq: string;
  readonly first_hash: Buffer;
  readonly begun_at: Date;
  readonly checkpoint_seq: string;
  readonly checkpoint_at: Date;
  readonly erasures: number;
  readonly settled_at: Date;
}

/** Events of one log, in one statement. */
const MOST_LOOKED_AT = 5000;

const OF_EVENT = auditColumnsOf('e');

// Its deletion waits for the lock, and the erasure of its log comes after its deletion.
const begin = statement(
  'upkeep.begin_audit_chain',
  `INSERT INTO audit_chains (tenant_id, hash, first_hash)
   SELECT id, $2, $2 FROM tenants WHERE id = $1 FOR KEY SHARE
   ON CONFLICT DO NOTHING`,
);
const findHead = statement(
  'upkeep.find_audit_chain',
  `SELECT seq, hash, first_seq, first_hash, begun_at, checkpoint_seq, checkpoint_at, erasures,
          settled_at FROM audit_chains WHERE tenant_id = $1`,
);
// The time of an event is that of its id, so partitions of other months are not searched.
const listUnsealed = statement(
  'upkeep.list_unsealed_audit_events',
  `SELECT ${OF_EVENT} FROM audit_events e
    WHERE e.tenant_id = $1 AND e.id >= $2 AND e.occurred_at >= $3
      AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = $1 AND l.event_id = e.id)
    ORDER BY e.id LIMIT $4`,
);
// What other processes left behind, too, as far as it is bounded: from the moment before which the chain is settled.
const listLeftBehind = statement(
  'upkeep.list_audit_events_left_behind',
  `SELECT ${OF_EVENT} FROM audit_events e
    WHERE e.tenant_id = $1
      AND e.id >= (SELECT least($2::uuid, ${idAt('greatest(c.settled_at, $5::timestamptz)')}) FROM audit_chains c WHERE c.tenant_id = $1)
      AND e.occurred_at >= (SELECT least($3::timestamptz, greatest(c.settled_at, $5::timestamptz) - interval '1 second')
                              FROM audit_chains c WHERE c.tenant_id = $1)
      AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = $1 AND l.event_id = e.id)
    ORDER BY e.id LIMIT $4`,
);
// Of a log that nobody wrote to for long, what is from before the look is looked at here, as far as it is not much.
const settle = statement(
  'upkeep.settle_audit_chain',
  `UPDATE audit_chains c SET settled_at = $2
    WHERE c.tenant_id = $1 AND c.settled_at < $2
      AND (c.settled_at >= $3 OR (
        SELECT count(*) < ${MOST_LOOKED_AT} AND coalesce(bool_and(o.sealed), true) FROM (
          SELECT EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = $1 AND l.event_id = e.id) AS sealed
            FROM audit_events e
           WHERE e.tenant_id = $1 AND e.id >= ${idAt('c.settled_at')} AND e.id < ${idAt('$3::timestamptz')}
             AND e.occurred_at >= c.settled_at - interval '1 second' AND e.occurred_at <= $3
           ORDER BY e.id LIMIT ${MOST_LOOKED_AT}) o))`,
);
/** SQL for the bytes of a SHA-256 digest in base64url, which PostgreSQL reads as base64 only. */
const bytesOf = (digest: string) => `decode(translate(${digest}, '-_', '+/') || '=', 'base64')`;
// One process wins; what another read before is not stored. So each event is counted once, by the one that wins.
const append = statement(
  'upkeep.append_audit_links',
  `WITH head AS (
     UPDATE audit_chains SET seq = $4, hash = $5, sealed_at = now()
      WHERE tenant_id = $1 AND seq = $2 AND erasures = $3 RETURNING tenant_id
   ), links AS (
     INSERT INTO audit_links (tenant_id, seq, event_id, occurred_at, digest, hash, digests, salts)
     SELECT head.tenant_id, l.seq, l.id, l.occurred_at,
            ${bytesOf('l.digest')}, ${bytesOf('l.hash')}, l.digests, l.salts
       FROM head, jsonb_to_recordset($6::jsonb) AS l (seq bigint, id uuid, occurred_at timestamptz, digest text,
                                                     hash text, digests jsonb, salts jsonb)
   ), used AS (
     ${addDailyUsage('$7', 'head')}
   )
   SELECT count(*)::int AS moved FROM head`,
);
const addCheckpoint = statement(
  'upkeep.add_audit_checkpoint',
  `WITH signed AS (
     INSERT INTO audit_checkpoints (tenant_id, seq, kid, jws) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING
   )
   UPDATE audit_chains SET checkpoint_seq = greatest(checkpoint_seq, $2), checkpoint_at = now() WHERE tenant_id = $1`,
);
const findCheckpoint = statement(
  'upkeep.find_audit_checkpoint',
  `SELECT seq, kid, jws FROM audit_checkpoints WHERE tenant_id = $1 ORDER BY seq DESC, signed_at DESC LIMIT 1`,
);
const listCheckpoints = statement(
  'audit_checkpoints.list',
  `SELECT seq, kid, jws FROM audit_checkpoints WHERE tenant_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq, signed_at
    LIMIT $4`,
);
const listLinks = statement(
  'audit_links.list',
  `SELECT l.seq, l.event_id, l.occurred_at AS linked_at, l.digest, l.hash, l.digests, l.salts, ${OF_EVENT}
     FROM (SELECT * FROM audit_links WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3) l
     LEFT JOIN audit_events e ON e.tenant_id = $1 AND e.id = l.event_id AND e.occurred_at = l.occurred_at
    ORDER BY l.seq`,
);
const listStray = statement(
  'audit_events.list_unsealed',
  `SELECT ${OF_EVENT}, EXISTS (SELECT 1 FROM audit_links l WHERE l.tenant_id = $1 AND l.event_id = e.id) AS sealed
     FROM audit_events e WHERE e.tenant_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3`,
);
const findLogs = statement(
  'upkeep.find_unsealed_audit_logs',
  'SELECT unsealed, newest, last FROM find_unsealed_audit_logs($1, $2)',
);

/** The chains of the audit log, their links and their checkpoints. */
@Injectable()
export class AuditChainRepository {
  constructor(private readonly database: Database) {}

  async findHead(tenantId: TenantId): Promise<ChainHead | undefined> {
    const [row] = await this.database.query<HeadRow>(tenantId, findHead, [tenantId]);
    return row && toHead(row);
  }

  /**
   * Events without a place, by id, from this id and this moment on; with the head as it was then. With `leftSince` also
   * from where the chain is settled on, but not from before that moment.
   */
  async listUnsealed(
    tenantId: TenantId,
    from: { readonly id: string; readonly time: Date; readonly leftSince?: Date },
    limit: number,
  ): Promise<{ readonly head: ChainHead | undefined; readonly events: readonly AuditEventRow[] }> {
    const { id, time, leftSince } = from;
    const values = [tenantId, id, time, limit];
    return this.database.pipeline(tenantId, async (transaction) => {
      // The head first: what is erased after it was read changes it.
      const [heads, events] = await Promise.all([
        transaction.query<HeadRow>(findHead, [tenantId]),
        leftSince
          ? transaction.query<AuditEventRow & object>(listLeftBehind, [...values, leftSince])
          : transaction.query<AuditEventRow & object>(listUnsealed, values),
      ]);
      return { head: heads[0] && toHead(heads[0]), events };
    });
  }

  /** Begins the chain of a tenant that has none. A tenant that was deleted gets none. */
  async begin(tenantId: TenantId): Promise<void> {
    await this.database.query(tenantId, begin, [tenantId, Buffer.from(genesisHash(tenantId), 'base64url')]);
  }

  /**
   * @param usage what the events of these links count
   * @returns false when the chain has changed since the head was read; nothing is stored then
   */
  async append(
    tenantId: TenantId,
    head: ChainHead,
    links: readonly StoredLink[],
    usage: readonly DailyUsage[],
  ): Promise<boolean> {
    const last = links.at(-1);
    if (!last) return true;
    const values = [tenantId, head.seq, head.erasures, last.seq, Buffer.from(last.hash, 'base64url')];
    const parameters = [...values, JSON.stringify(links), JSON.stringify(usage)];
    const [row] = await this.database.query<{ moved: number }>(tenantId, append, parameters);
    return row?.moved === 1;
  }

  /** Everything from before `until` has its place, as far as what is from before `since` has. */
  async settle(tenantId: TenantId, until: Date, since: Date): Promise<void> {
    await this.database.query(tenantId, settle, [tenantId, until, since]);
  }

  /** After this place, in order, with the events that are still there. */
  async listLinks(tenantId: TenantId, after: number, limit: number): Promise<LinkedEvent[]> {
    return (await this.database.query<LinkRow>(tenantId, listLinks, [tenantId, after, limit])).map(toLinkedEvent);
  }

  /** Events after this id, in the order of their ids, each with whether it has a place. */
  listAll(tenantId: TenantId, after: string, limit: number): Promise<(AuditEventRow & { readonly sealed: boolean })[]> {
    return this.database.query(tenantId, listStray, [tenantId, after, limit]);
  }

  async addCheckpoint(tenantId: TenantId, { seq, kid, jws }: Checkpoint): Promise<void> {
    await this.database.query(tenantId, addCheckpoint, [tenantId, seq, kid, jws]);
  }

  /** The newest one. */
  async findCheckpoint(tenantId: TenantId): Promise<Checkpoint | undefined> {
    const [row] = await this.database.query<CheckpointRow>(tenantId, findCheckpoint, [tenantId]);
    return row && toCheckpoint(row);
  }

  async listCheckpoints(
    tenantId: TenantId,
    { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<Checkpoint[]> {
    const rows = await this.database.query<CheckpointRow>(tenantId, listCheckpoints, [tenantId, from, to, limit]);
    return rows.map(toCheckpoint);
  }

  /**
   * Logs with events that nobody is about to seal, in the order of their tenants after the given one.
   * @returns each with its newest event, and where to go on; no `last`: all tenants were seen
   */
  async findUnsealed(
    after: string | undefined,
    atMost: number,
  ): Promise<{ readonly logs: readonly { tenant_id: TenantId; id: string }[]; readonly last: string | undefined }> {
    const values = [after ?? null, atMost];
    const [row] = await this.database.platformQuery<{ unsealed: string[]; newest: string[]; last: string | null }>(
      findLogs,
      values,
    );
    const logs = (row?.unsealed ?? []).map((id, index) => ({
      tenant_id: toTenantId(id),
      id: row?.newest[index] ?? '',
    }));
    return { logs, last: row?.last ?? undefined };
  }
}

interface CheckpointRow {
  readonly seq: string;
  readonly kid: string;
  readonly jws: string;
}

function toCheckpoint({ seq, kid, jws }: CheckpointRow): Checkpoint {
  return { seq: Number(seq), kid, jws };
}

/** The head of a log in which nothing is. */
export function emptyHead(tenantId: TenantId): ChainHead {
  const [hash, now] = [genesisHash(tenantId), new Date()];
  const begun = { seq: 0, hash, firstSeq: 1, firstHash: hash, begunAt: now };
  return { ...begun, checkpointSeq: 0, checkpointAt: now, erasures: 0, settledAt: now };
}

function toHead(row: HeadRow): ChainHead {
  return {
    seq: Number(row.seq),
    hash: row.hash.toString('base64url'),
    firstSeq: Number(row.first_seq),
    firstHash: row.first_hash.toString('base64url'),
    begunAt: row.begun_at,
    checkpointSeq: Number(row.checkpoint_seq),
    checkpointAt: row.checkpoint_at,
    erasures: row.erasures,
    settledAt: row.settled_at,
  };
}

function toLinkedEvent({ seq, event_id, linked_at, digest, hash, digests, salts, ...event }: LinkRow): LinkedEvent {
  return {
    seq: Number(seq),
    id: event_id,
    occurred_at: linked_at.toISOString(),
    digest: digest.toString('base64url'),
    hash: hash.toString('base64url'),
    digests,
    salts,
    event: (event.id as string | null) === null ? undefined : event,
  };
}
