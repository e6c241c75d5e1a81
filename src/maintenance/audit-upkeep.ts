import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { UpkeepRepository } from './upkeep.repository.js';

const RETENTION_INTERVAL_MS = 3_600_000;
const ERASURE_INTERVAL_MS = 10_000;
const BATCH_SIZE = 2000;
const TENANTS_AT_ONCE = 200;
/** Of one round; what is left waits for the next one. */
const BUDGET_MS = 60_000;

/**
 * Maintains the audit log: creates partitions ahead, deletes events that their tenant's retention policy no longer
 * keeps, and erases deleted users and tenants. Several processes may do this at the same time.
 */
@Injectable()
export class AuditUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditUpkeep.name);
  private readonly timers: NodeJS.Timeout[] = [];
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly repository: UpkeepRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    // The interval varies, so that processes that started together do not work at the same moment.
    const every = (interval: number, work: () => Promise<void>) =>
      setInterval(() => void this.guarded(work), interval * (0.75 + Math.random() / 2)).unref();
    this.timers.push(
      every(RETENTION_INTERVAL_MS, () => this.retain()),
      every(ERASURE_INTERVAL_MS, () => this.erase()),
    );
    void this.guarded(() => this.prepare());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.running;
  }

  /** Partitions for this month and the next two. */
  async prepare(): Promise<void> {
    await this.repository.preparePartitions();
  }

  /** Removes what is older than its tenant's policy says, whole months first. */
  async retain(): Promise<void> {
    await this.prepare();
    const longestDays = this.config.auditRetentionDays;
    await this.repository.dropPartitions(longestDays);
    const deadline = performance.now() + BUDGET_MS;
    const atMost = { tenants: TENANTS_AT_ONCE, batch: BATCH_SIZE, longestDays };
    let after: string | undefined;
    do {
      const { removed, last } = await this.repository.removeOldEvents(after, atMost);
      // A full batch stopped before its tenant was done: `last` is the one before, absent for the first of all.
      if (last === undefined && removed < BATCH_SIZE) return;
      after = last;
    } while (!this.stopped && performance.now() < deadline);
  }

  /** Follows up on deletions until nothing is left of them. */
  async erase(): Promise<void> {
    const deadline = performance.now() + BUDGET_MS;
    while (!this.stopped && performance.now() < deadline) {
      if ((await this.repository.eraseEvents(BATCH_SIZE)) === 0) return;
    }
  }

  /** Runs one task after the other. A task that fails is tried again at its next interval. */
  private guarded(work: () => Promise<void>): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : work()))
      .catch((error: unknown) => this.logger.warn(`The audit log waits for its upkeep: ${(error as Error).message}`));
    return this.running;
  }
}
