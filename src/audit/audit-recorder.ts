import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../database/statement.js';
import type { AuditEvent } from './audit-event.js';
import { type AuditEventRow, AuditEventsRepository } from './audit-events.repository.js';

const FLUSH_INTERVAL_MS = 200;
const BATCH_SIZE = 1000;
/** Some seconds of full load. What comes while the database is away for longer is counted in the log and lost. */
const MAX_WAITING = 20_000;

/** Who did what: in the transaction of a change, or gathered and written together after a token was issued. */
@Injectable()
export class AuditRecorder {
  private readonly logger = new Logger(AuditRecorder.name);
  private waiting: AuditEventRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private lost = 0;

  constructor(private readonly repository: AuditEventsRepository) {}

  /** Part of the change itself: if the event cannot be written, the change does not happen. */
  async recordWith(transaction: Transaction, event: AuditEvent): Promise<void> {
    await this.repository.append([toRow(event)], transaction);
  }

  /** Soon after; never makes the caller wait, and never fails it. */
  record(event: AuditEvent): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.lost += 1;
      return;
    }
    this.waiting.push(toRow(event));
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_INTERVAL_MS);
  }

  /** Writes what waits; what could not be written waits on. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await (this.flushing ??= this.writeAll().finally(() => (this.flushing = undefined)));
  }

  private async writeAll(): Promise<void> {
    this.reportLost();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_SIZE);
      try {
        await this.repository.append(batch);
      } catch (error) {
        this.waiting = [...batch, ...this.waiting].slice(0, MAX_WAITING);
        this.logger.error(`Audit events wait, the database did not take them: ${(error as Error).message}`);
        this.timer ??= setTimeout(() => void this.flush(), 10 * FLUSH_INTERVAL_MS);
        return;
      }
    }
  }

  private reportLost(): void {
    if (this.lost === 0) return;
    this.logger.error(`${this.lost} audit events were lost while the database did not take them.`);
    this.lost = 0;
  }
}

function toRow(event: AuditEvent): AuditEventRow {
  return {
    tenant_id: event.tenantId,
    id: uuidv7(),
    occurred_at: new Date().toISOString(),
    type: event.type,
    outcome: event.outcome,
    actor: event.actor,
    client_id: event.clientId,
    user_id: event.userId,
    target: event.target,
    address: event.origin?.address,
    request_id: event.origin?.requestId,
    details: event.details,
  };
}
