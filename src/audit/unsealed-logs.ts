import { Injectable } from '@nestjs/common';
import type { TenantId } from '../database/tenant-id.js';

/** A transaction of a request has ended by then, so its events are visible or never will be. */
const SETTLED_MS = 15_000;

/** A log that has events which may have no place in its chain yet. */
export interface UnsealedLog {
  readonly tenantId: TenantId;
  /** The smallest id among the events recorded since the last look. */
  recent: string | undefined;
  /** The smallest id among those recorded since the last thorough look. */
  oldest: string;
  /** Looks that are due: one for what was recorded, and one for what was not committed at the first. */
  looks: number;
  /** When everything that was recorded is looked for once more, in milliseconds of `performance.now()`. */
  settledAt: number;
  /** When the last look was, in Unix milliseconds. */
  lookedAt: number;
  /** When something was recorded last, in milliseconds of `performance.now()`. */
  addedAt: number;
}

/**
 * Which logs this process has recorded in. It costs one look-up for each batch of events, and tells the sealer where
 * to look without any statement.
 */
@Injectable()
export class UnsealedLogs {
  private readonly logs = new Map<TenantId, UnsealedLog>();
  private listener: (() => void) | undefined;

  /** `listener` is told when there is a log again after there was none. */
  listen(listener: () => void): void {
    this.listener = listener;
  }

  add(events: readonly { readonly tenant_id: TenantId; readonly id: string }[]): void {
    const wasEmpty = this.logs.size === 0;
    const addedAt = performance.now();
    for (const { tenant_id: tenantId, id } of events) {
      const log = this.logs.get(tenantId);
      if (!log) {
        const times = { settledAt: addedAt + SETTLED_MS, lookedAt: Date.now(), addedAt };
        this.logs.set(tenantId, { tenantId, recent: id, oldest: id, looks: 2, ...times });
        continue;
      }
      log.looks = 2;
      log.addedAt = addedAt;
      if (log.recent === undefined || id < log.recent) log.recent = id;
      if (id < log.oldest) log.oldest = id;
    }
    if (wasEmpty && this.logs.size > 0) this.listener?.();
  }

  get size(): number {
    return this.logs.size;
  }

  list(): UnsealedLog[] {
    return [...this.logs.values()];
  }

  /** Nothing is left to look for, unless something was recorded so lately that its transaction may be running. */
  settle(log: UnsealedLog): void {
    const now = performance.now();
    if (log.looks === 0 && now - log.addedAt >= SETTLED_MS) this.logs.delete(log.tenantId);
    else log.settledAt = now + SETTLED_MS;
  }
}
