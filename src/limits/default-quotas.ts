import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Change, ChangeFeed, type ChangeListener } from '../database/change-feed.js';
import { NO_QUOTAS, type TenantQuotas } from './tenant-quotas.js';
import { TenantRatesRepository } from './tenant-rates.repository.js';

const RETRY_MS = 1000;
/** Changes are not heard of while the change feed is silent. They are looked for so often then, as for `TenantCaches`. */
const BELIEVED_IN_SILENCE_MS = 3500;

/**
 * The limits of tenants that have none of their own. They are in memory, so that nobody waits for them, and are read
 * anew when the row of tenant `system` changes, and now and then while the change feed is silent. While the database cannot be read, those
 * that were read last hold; before the first time there are none.
 */
@Injectable()
export class DefaultQuotas implements ChangeListener, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DefaultQuotas.name);
  private known: TenantQuotas = NO_QUOTAS;
  private retry: NodeJS.Timeout | undefined;
  private begun = 0;
  private begunAt = -Infinity;
  /** The turn whose answer is known. */
  private applied = 0;
  private stopped = false;

  constructor(
    private readonly repository: TenantRatesRepository,
    private readonly feed: ChangeFeed,
  ) {
    feed.subscribe(this);
  }

  get current(): TenantQuotas {
    const heardAt = Math.max(this.begunAt, this.feed.heardAt);
    if (performance.now() - heardAt > BELIEVED_IN_SILENCE_MS) void this.read();
    return this.known;
  }

  changed({ table, key }: Change): void {
    if (table === 'tenants' && key === SYSTEM_TENANT_SLUG) void this.read();
  }

  missed(): void {
    void this.read();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.retry);
  }

  /** What began to be read later counts, in whatever order the answers come. */
  async read(): Promise<void> {
    const turn = ++this.begun;
    this.begunAt = performance.now();
    clearTimeout(this.retry);
    try {
      const quotas = await this.repository.findDefaults();
      if (turn < this.applied) return;
      this.applied = turn;
      this.known = quotas;
    } catch (error) {
      if (this.stopped || turn !== this.begun) return;
      this.logger.warn(`The default limits of tenants could not be read: ${(error as Error).message}`);
      this.retry = setTimeout(() => void this.read(), RETRY_MS).unref();
    }
  }
}
