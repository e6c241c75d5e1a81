import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { spoilsConnection } from '../database/database-error.js';
import type { TenantId } from '../database/tenant-id.js';
import { within } from '../database/within.js';
import { isSwitchedGrant } from '../tenants/tenant-policy.js';
import { dayOf } from '../usage/daily-usage.js';
import { GrantUsageRepository, type GrantUses } from './grant-usage.repository.js';

const FLUSH_INTERVAL_MS = 10_000;
/** Clients, grants and days that wait to be written. What does not fit any more is not counted. */
const MAX_WAITING = 10_000;
/** For the last write of a process that stops: what comes after it, such as the audit log, must have its time too. */
const LAST_WRITE_MS = 1000;

interface Counted extends GrantUses {
  readonly tenantId: TenantId;
}

/**
 * Counts uses of the grants that can be switched off. A use costs no statement: counts are summed in memory and written
 * every ten seconds, one statement for each tenant that used one. A killed process loses the counts of that time.
 */
@Injectable()
export class GrantUsageRecorder implements BeforeApplicationShutdown {
  private readonly logger = new Logger(GrantUsageRecorder.name);
  private waiting = new Map<string, Counted>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly repository: GrantUsageRepository) {}

  record(tenantId: TenantId, clientId: string, grantType: string): void {
    if (!isSwitchedGrant(grantType)) return;
    const lastUsedAt = new Date();
    this.add({ tenantId, clientId, grantType, day: dayOf(lastUsedAt), uses: 1, lastUsedAt });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_INTERVAL_MS).unref();
  }

  /** Writes what was counted so far. What cannot be written waits for the next time. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.flushing = this.flushing.then(() => this.write()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await within(LAST_WRITE_MS, this.flush());
  }

  private async write(): Promise<void> {
    const counted = [...this.waiting.values()];
    this.waiting = new Map();
    const byTenant = new Map<TenantId, Counted[]>();
    for (const uses of counted) {
      const own = byTenant.get(uses.tenantId);
      if (own) own.push(uses);
      else byTenant.set(uses.tenantId, [uses]);
    }
    let isThere = true;
    for (const [tenantId, own] of byTenant) {
      // Without the database each tenant would wait until its deadline.
      if (isThere) isThere = await this.store(tenantId, own);
      else this.putOff(own);
    }
  }

  /** @returns whether the database is there */
  private async store(tenantId: TenantId, uses: readonly Counted[]): Promise<boolean> {
    try {
      await this.repository.add(tenantId, uses);
      return true;
    } catch (error) {
      this.logger.warn(`Uses of grants were not counted yet: ${(error as Error).message}`);
      this.putOff(uses);
      return !spoilsConnection(error);
    }
  }

  private putOff(uses: readonly Counted[]): void {
    for (const one of uses) this.add(one);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_INTERVAL_MS).unref();
  }

  private add(added: Counted): void {
    const key = [added.tenantId, added.clientId, added.grantType, added.day].join('\n');
    const known = this.waiting.get(key);
    if (!known && this.waiting.size >= MAX_WAITING) return;
    const lastUsedAt = known && known.lastUsedAt > added.lastUsedAt ? known.lastUsedAt : added.lastUsedAt;
    this.waiting.set(key, { ...added, uses: (known?.uses ?? 0) + added.uses, lastUsedAt });
  }
}
