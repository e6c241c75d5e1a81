import { setImmediate as othersTurn } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { isUnavailable } from '../database/database-error.js';
import type { TenantId } from '../database/tenant-id.js';
import { within } from '../database/within.js';
import type { AuditEventRow } from '../audit/audit-row.js';
import { type UnsealedLog, UnsealedLogs } from '../audit/unsealed-logs.js';
import { countUsage } from '../usage/daily-usage.js';
import { AuditChainRepository, type ChainHead, type StoredLink, emptyHead } from './audit-chain.repository.js';
import { Checkpoints } from './checkpoints.js';
import { type ChainedEvent, commitTo, digestOf, linkHash } from './sealed-event.js';

/** Between two rounds over the logs that have events without a place. */
const PAUSE_MS = 500;
/** A round that took long is followed by a pause of so many times its duration. */
const REST = 3;
const BATCH_SIZE = 1000;
/** Events are hashed so many at a time, which takes less than a millisecond. Requests are served in between. */
const HASHED_AT_ONCE = 25;
/** Events are committed in another order than that of their ids, and clocks of processes differ. */
const OVERLAP_MS = 2000;
/** How far back is looked for events whose process ended before they were sealed. */
const LOST_MS = 600_000;
/** No transaction of a request takes longer. */
const UNCOMMITTED_MS = 15_000;
/** Everything that is older was looked for again, also what other processes recorded. It is written down so often. */
const SETTLED_MS = 30_000;
const CHECKPOINT_EVENTS = 1000;
const CHECKPOINT_MS = 300_000;
const RECOVERY_INTERVAL_MS = 60_000;
const RECOVERED_AT_ONCE = 200;

/**
 * Gives each committed event its place in its tenant's chain, soon after it was recorded. The tenants of which this
 * process recorded something take turns, a bounded batch each. No lock is held: the end of the chain is read with the
 * events, and the links are stored only if the chain still ends there, so of several processes one wins.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap {
  private readonly logger = new Logger(AuditSealer.name);
  private timer: NodeJS.Timeout | undefined;
  private recovery: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;
  private recoveredUntil: string | undefined;
  /** The last round ended because the database was away. */
  private isAway = false;

  constructor(
    private readonly repository: AuditChainRepository,
    private readonly unsealed: UnsealedLogs,
    private readonly checkpoints: Checkpoints,
  ) {}

  onApplicationBootstrap(): void {
    this.unsealed.listen(() => this.schedule(PAUSE_MS));
    if (this.unsealed.size > 0) this.schedule(PAUSE_MS);
    const interval = RECOVERY_INTERVAL_MS * (0.75 + Math.random() / 2);
    this.recovery = setInterval(() => void this.recover().catch((error: unknown) => this.report(error)), interval);
    this.recovery.unref();
  }

  /** The last round of a process that stops, after its last event is written. */
  async finish(limitMs: number): Promise<void> {
    clearTimeout(this.timer);
    clearInterval(this.recovery);
    const lastRound = async () => {
      await this.round;
      await this.sealAll();
    };
    await within(limitMs, lastRound());
    this.stopped = true;
  }

  /** Everything of this tenant that is committed now, as far as it is not older than ten minutes without a place. */
  async seal(tenantId: TenantId): Promise<ChainHead> {
    const from = startAt(Date.now() - LOST_MS);
    for (;;) {
      const { head, isFull } = await this.sealBatch(tenantId, from);
      if (head && !isFull) return head;
    }
  }

  /** Everything of this tenant that is committed now, also what a process left behind that ended lately. */
  async sealRecent(tenantId: TenantId): Promise<ChainHead> {
    for (;;) {
      const { head, isFull } = await this.sealBatch(tenantId, thoroughly(startAt(Date.now() - OVERLAP_MS)));
      if (head && !isFull) return head;
    }
  }

  /** One batch of each log that has events without a place. */
  sealAll(): Promise<void> {
    return (this.round ??= this.sealEach().finally(() => (this.round = undefined)));
  }

  /** Takes up what other processes left unsealed when they ended, some tenants at a time. */
  async recover(): Promise<void> {
    const { logs, last } = await this.repository.findUnsealed(this.recoveredUntil, RECOVERED_AT_ONCE);
    this.recoveredUntil = last;
    this.unsealed.add(logs.map((log) => ({ ...log, id: startAt(timeOf(log.id) - LOST_MS).id })));
  }

  private schedule(pauseMs: number): void {
    if (this.stopped || this.timer) return;
    this.timer = setTimeout(() => {
      const startedAt = performance.now();
      void this.sealAll().finally(() => {
        this.timer = undefined;
        // Waiting for a database that was away is no load, and followers wait for what comes after it.
        const rest = this.isAway ? 0 : (performance.now() - startedAt) * REST;
        if (this.unsealed.size > 0) this.schedule(Math.max(PAUSE_MS, rest));
      });
    }, pauseMs).unref();
  }

  private async sealEach(): Promise<void> {
    this.isAway = false;
    for (const log of this.unsealed.list()) {
      if (this.stopped) return;
      try {
        await this.look(log);
      } catch (error) {
        this.report(error);
        this.isAway = isUnavailable(error);
        if (this.isAway) return;
      }
    }
  }

  private async look(log: UnsealedLog): Promise<void> {
    const isLast = performance.now() >= log.settledAt;
    if (log.looks === 0 && !isLast) return;
    const { recent, oldest, looks } = log;
    const now = Date.now();
    const known = startAt(log.lookedAt - OVERLAP_MS).id;
    const first = [known, ...(recent === undefined ? [] : [recent]), ...(isLast ? [oldest] : [])].sort()[0] ?? known;
    log.recent = undefined;
    log.looks = 0;
    if (isLast) log.oldest = startAt(now - UNCOMMITTED_MS).id;
    const from = startAt(timeOf(first));
    const left = await this.sealBatch(log.tenantId, isLast ? thoroughly(from) : from).catch((error: unknown) => {
      restore(log, { recent, oldest, looks: Math.max(looks, 1) });
      throw error;
    });
    if (!left.head || left.isFull) return restore(log, { recent: first, oldest, looks: 1 });
    log.lookedAt = now;
    if (log.looks === 0 && looks > 1) log.looks = looks - 1;
    if (isLast) await this.settle(log.tenantId, left.head, now);
    const isDue = await this.checkpointIsWritten(log.tenantId, left.head);
    if (isLast && isDue) this.unsealed.settle(log);
    else if (isLast) log.settledAt = performance.now() + CHECKPOINT_MS / 10;
  }

  /** After a thorough look that found all there was. */
  private async settle(tenantId: TenantId, { settledAt }: ChainHead, lookedAt: number): Promise<void> {
    if (lookedAt - settledAt.getTime() < 2 * SETTLED_MS) return;
    // What is from before that was not looked for.
    const { leftSince } = thoroughly(startAt(lookedAt));
    await this.repository.settle(tenantId, new Date(lookedAt - SETTLED_MS), leftSince);
  }

  /** @returns whether nothing is left to sign */
  private async checkpointIsWritten(tenantId: TenantId, head: ChainHead): Promise<boolean> {
    if (head.seq === head.checkpointSeq) return true;
    const isDue =
      head.seq - head.checkpointSeq >= CHECKPOINT_EVENTS || Date.now() - head.checkpointAt.getTime() >= CHECKPOINT_MS;
    if (!isDue) return false;
    await this.checkpoints.sign(tenantId, head);
    return true;
  }

  /** @returns no head when another process changed the chain meanwhile */
  private async sealBatch(
    tenantId: TenantId,
    from: { readonly id: string; readonly time: Date; readonly leftSince?: Date },
  ): Promise<{ readonly head: ChainHead | undefined; readonly isFull: boolean }> {
    const read = () => this.repository.listUnsealed(tenantId, from, BATCH_SIZE);
    let { head, events } = await read();
    if (!head) {
      await this.repository.begin(tenantId);
      ({ head, events } = await read());
      // The tenant was deleted, and its log with it.
      if (!head) return { head: emptyHead(tenantId), isFull: false };
    }
    if (events.length === 0) return { head, isFull: false };
    const links = await linksOf(events, head);
    const last = links.at(-1);
    if (!last || !(await this.repository.append(tenantId, head, links, countUsage(events)))) {
      return { head: undefined, isFull: true };
    }
    return { head: { ...head, seq: last.seq, hash: last.hash }, isFull: events.length === BATCH_SIZE };
  }

  private report(error: unknown): void {
    // Whether the database is there, others say.
    if (!isUnavailable(error)) this.logger.warn(`Audit events wait for their chain: ${(error as Error).message}`);
  }
}

/** An event as it enters the chain. */
export function toChained({ occurred_at: occurredAt, ...row }: AuditEventRow): ChainedEvent {
  return {
    tenant_id: row.tenant_id,
    id: row.id,
    occurred_at: new Date(occurredAt).toISOString(),
    type: row.type,
    outcome: row.outcome,
    actor: row.actor ?? null,
    client_id: row.client_id ?? null,
    user_id: row.user_id ?? null,
    target: row.target ?? null,
    address: row.address ?? null,
    request_id: row.request_id ?? null,
    details: (row.details ?? null) as ChainedEvent['details'],
  };
}

async function linksOf(events: readonly AuditEventRow[], head: ChainHead): Promise<StoredLink[]> {
  let { seq, hash: previous } = head;
  const links: StoredLink[] = [];
  for (const row of events) {
    const event = toChained(row);
    const { salts, digests } = commitTo(event);
    seq += 1;
    const link = { seq, id: event.id, occurred_at: event.occurred_at, digest: digestOf(event, digests) };
    previous = linkHash(previous, link);
    links.push({ ...link, hash: previous, digests: orNull(digests), salts: orNull(salts) });
    if (links.length % HASHED_AT_ONCE === 0) await othersTurn();
  }
  return links;
}

function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length === 0 ? null : value;
}

/** What was not done is due again, beside what was recorded meanwhile. */
function restore(log: UnsealedLog, before: Pick<UnsealedLog, 'recent' | 'oldest' | 'looks'>): void {
  log.looks = Math.max(log.looks, before.looks);
  if (before.recent !== undefined && (log.recent === undefined || before.recent < log.recent)) {
    log.recent = before.recent;
  }
  if (before.oldest < log.oldest) log.oldest = before.oldest;
}

/** The smallest UUID of version 7 of a moment, and the moment, a little earlier for the rounding of clocks. */
export function startAt(milliseconds: number): { readonly id: string; readonly time: Date } {
  const hex = Math.max(0, Math.floor(milliseconds)).toString(16).padStart(12, '0');
  return { id: `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`, time: new Date(milliseconds - 1000) };
}

/** From there on, and what was left behind in the last ten minutes. */
function thoroughly<From extends object>(from: From): From & { readonly leftSince: Date } {
  return { ...from, leftSince: new Date(Date.now() - LOST_MS) };
}

/** The moment that a UUID of version 7 tells. */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
