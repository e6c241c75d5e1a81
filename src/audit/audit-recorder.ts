import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '../database/statement.js';
import { within } from '../database/within.js';
import { TemporarilyUnavailableError } from '../oauth/oauth-error.js';
import type { AuditEvent } from './audit-event.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { type AuditEventRow, toParameter, toRow } from './audit-row.js';
import { EventIds } from './event-ids.js';
import { UnsealedLogs } from './unsealed-logs.js';

/** Events that have no transaction of their own are sent this often. */
const FLUSH_INTERVAL_MS = 30;
/** After the first batch that the database did not take; each further one waits twice as long. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 500;
const BATCH_SIZE = 1000;
/** Batches on their way at once: a slow one does not hold up those after it. */
const MAX_BATCHES = 3;
/** Some seconds of full load. */
const MAX_WAITING = 20_000;
/** The rest is for what was admitted before the log was full. */
const FULL = 18_000;
/**
 * What a process that is killed may lose: when an event has waited for so long, nothing more is issued that only the
 * log would know of, until that event is written.
 */
const BEHIND_MS = 100;
/** When the log takes nothing for so long, what waits to be issued is refused. */
const OVERDUE_MS = 2000;
const UNHEALTHY_MS = 3000;

interface Batch {
  readonly rows: readonly AuditEventRow[];
  /** When its oldest event was recorded, in milliseconds of `performance.now()`. */
  readonly since: number;
}

/** Who did what: in the transaction of a change, or gathered and written together after a token was issued. */
@Injectable()
export class AuditRecorder {
  private readonly logger = new Logger(AuditRecorder.name);
  private readonly ids = new EventIds();
  private waitingRows: AuditEventRow[] = [];
  private waitingSince = Infinity;
  private readonly batches = new Set<Batch>();
  private readonly writing = new Set<Promise<void>>();
  /** Told when a batch has ended. */
  private held: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private dueSoon = false;
  private closed = false;
  /** Batches in a row that the database did not take. */
  private failures = 0;
  private unreported = 0;
  private recordedCount = 0;
  private lostCount = 0;

  constructor(
    private readonly repository: AuditEventsRepository,
    private readonly unsealed: UnsealedLogs,
  ) {}

  /** Events that were written from the buffer. */
  get recorded(): number {
    return this.recordedCount;
  }

  /** Events that are not written yet. */
  get waiting(): number {
    let sent = 0;
    for (const { rows } of this.batches) sent += rows.length;
    return this.waitingRows.length + sent;
  }

  /** Events that never will be: the buffer was full, or the database refused this one. */
  get lost(): number {
    return this.lostCount;
  }

  /** Whether events have been written in the last seconds, as far as there were any. */
  get healthy(): boolean {
    return this.overdueMs < UNHEALTHY_MS;
  }

  /** Part of the change itself: if the events cannot be written, the change does not happen. */
  async recordWith(transaction: Transaction, ...events: readonly AuditEvent[]): Promise<void> {
    await this.repository.append(this.toRows(events), transaction);
  }

  /** For a statement that stores the events with what it does; see `insertAuditEvents`. */
  parameterOf(...events: readonly AuditEvent[]): string {
    return toParameter(this.toRows(events));
  }

  /**
   * Awaited before something is answered for that only the log will know of. It takes no time unless the log is behind.
   * @throws TemporarilyUnavailableError while the log is full, or has taken nothing for seconds
   */
  async requireRoom(): Promise<void> {
    for (;;) {
      const { overdueMs } = this;
      if (this.waiting >= FULL || overdueMs >= OVERDUE_MS) {
        throw new TemporarilyUnavailableError('The service cannot record what it does at the moment; try again.', {
          retryAfterSeconds: 1,
        });
      }
      if (overdueMs < BEHIND_MS) return;
      if (this.failures === 0) this.sendWaiting();
      await within(OVERDUE_MS - overdueMs, new Promise<void>((resolve) => this.held.push(resolve)));
    }
  }

  /** Soon after; never makes the caller wait, and never fails it. */
  record(event: AuditEvent): void {
    // A flood of refusals takes no room from what was issued.
    if (this.closed || this.waiting >= (event.outcome === 'failure' ? FULL : MAX_WAITING)) return this.lose(1);
    const now = performance.now();
    this.waitingRows.push(toRow(event, this.ids));
    this.waitingSince = Math.min(this.waitingSince, now);
    this.timer ??= setTimeout(() => this.sendWaiting(), FLUSH_INTERVAL_MS);
    // Under load timers come late; the next event notices that one is overdue.
    if (!this.dueSoon && this.failures === 0 && now - this.waitingSince >= FLUSH_INTERVAL_MS) {
      this.dueSoon = true;
      queueMicrotask(() => this.sendWaiting());
    }
  }

  /** Writes what waits, but nothing that is recorded later. What could not be written waits on. */
  async flush(): Promise<void> {
    const { failures } = this;
    const asked = performance.now();
    do {
      this.sendWaiting(true);
      await Promise.all(this.writing);
      // A batch that ended may have sent the next one.
    } while (this.oldest <= asked && this.failures <= failures);
  }

  /** The last flush of a process that stops. What the database does not take in this time is lost. */
  async close(limitMs: number): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (this.waiting > 0 && performance.now() < deadline) {
      const left = deadline - performance.now();
      await within(left, this.flush());
      if (this.waiting > 0) await within(Math.min(100, left), never());
    }
    this.closed = true;
    clearTimeout(this.timer);
    this.lose(this.waiting);
    this.waitingRows = [];
    this.waitingSince = Infinity;
    this.reportLost();
  }

  private toRows(events: readonly AuditEvent[]): AuditEventRow[] {
    const rows = events.map((event) => toRow(event, this.ids));
    this.unsealed.add(rows);
    return rows;
  }

  private get overdueMs(): number {
    return performance.now() - this.oldest;
  }

  /** When the oldest event that is not written was recorded; Infinity: all are. */
  private get oldest(): number {
    let since = this.waitingSince;
    for (const batch of this.batches) since = Math.min(since, batch.since);
    return since;
  }

  /** `evenSo`: although the last attempt failed a moment ago. */
  private sendWaiting(evenSo = false): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dueSoon = false;
    this.reportLost();
    // While the database is away one batch at a time finds out whether it is back.
    const atOnce = this.failures > 0 && !evenSo ? 1 : MAX_BATCHES;
    while (this.waitingRows.length > 0 && this.batches.size < atOnce) {
      const batch = { rows: this.waitingRows.splice(0, BATCH_SIZE), since: this.waitingSince };
      if (this.waitingRows.length === 0) this.waitingSince = Infinity;
      this.batches.add(batch);
      const written = this.write(batch).finally(() => this.writing.delete(written));
      this.writing.add(written);
    }
  }

  private async write(batch: Batch): Promise<void> {
    const left = await this.append(batch.rows);
    this.batches.delete(batch);
    for (const tell of this.held.splice(0)) tell();
    if (left.length === 0) this.failures = 0;
    else {
      this.failures += 1;
      this.waitingRows = [...left, ...this.waitingRows];
      this.waitingSince = Math.min(this.waitingSince, batch.since);
    }
    if (this.waitingRows.length === 0 || this.closed) return;
    if (this.failures === 0) return this.sendWaiting();
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.failures - 1, 10), LONGEST_RETRY_MS);
    this.timer ??= setTimeout(() => this.sendWaiting(), waitMs);
  }

  /** @returns what has to be sent again */
  private async append(rows: readonly AuditEventRow[]): Promise<readonly AuditEventRow[]> {
    try {
      await this.repository.append(rows);
      this.unsealed.add(rows);
      this.recordedCount += rows.length;
      return [];
    } catch (error) {
      if (!isOfTheData(error)) {
        this.logger.error(`Audit events wait, the database did not take them: ${(error as Error).message}`);
        return rows;
      }
      const [first] = rows;
      if (rows.length > 1) {
        const half = Math.ceil(rows.length / 2);
        return [...(await this.append(rows.slice(0, half))), ...(await this.append(rows.slice(half)))];
      }
      this.logger.error(`An audit event of type ${first?.type} cannot be stored: ${(error as Error).message}`);
      this.lose(1);
      return [];
    }
  }

  private lose(count: number): void {
    this.lostCount += count;
    this.unreported += count;
  }

  private reportLost(): void {
    if (this.unreported === 0) return;
    this.logger.error(`${this.unreported} audit events were lost.`);
    this.unreported = 0;
  }
}

/** One of the events is at fault (SQLSTATE classes 22 and 23, or no JSON): sent again it would fail again. */
function isOfTheData(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return error instanceof TypeError || (code !== undefined && /^2[23]/.test(code));
}

function never(): Promise<void> {
  return new Promise(() => undefined);
}
