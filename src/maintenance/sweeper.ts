import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BatchSize } from './batch-size.js';
import { UpkeepRepository } from './upkeep.repository.js';

const INTERVAL_MS = 60_000;
/** When expired rows are left over, the next round begins after this pause. */
const BACKLOG_PAUSE_MS = 1000;
/** Of one round over all tables. */
const ROUND_BUDGET_MS = 30_000;

/**
 * Removes rows that expired more than a day ago, table by table. Batches grow while they are quick, so that locks stay
 * short and removal is as fast as the database allows. Several processes sweep at the same time and skip the rows that
 * another one has locked.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private readonly batches = new Map<string, BatchSize>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<number> | undefined;
  private stopped = false;
  private removedCount = 0;
  private behind = false;

  constructor(private readonly repository: UpkeepRepository) {}

  /** Rows that this process removed since it started. */
  get removed(): number {
    return this.removedCount;
  }

  /** Whether expired rows were left over when the last round ended. */
  get hasBacklog(): boolean {
    return this.behind;
  }

  onApplicationBootstrap(): void {
    this.scheduleNext();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** @returns how many rows were removed */
  sweep(): Promise<number> {
    return (this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined)));
  }

  private scheduleNext(): void {
    if (this.stopped) return;
    // The interval varies, so that processes that started together do not sweep at the same moment.
    const wait = (this.behind ? BACKLOG_PAUSE_MS : INTERVAL_MS) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => void this.sweep().finally(() => this.scheduleNext()), wait).unref();
  }

  private async sweepAll(): Promise<number> {
    const deadline = performance.now() + ROUND_BUDGET_MS;
    let removed = 0;
    this.behind = false;
    try {
      // In turn, one batch each, so that no table waits for the backlog of another.
      let tables = await this.repository.expiringTables();
      while (tables.length > 0 && !this.stopped) {
        if (performance.now() >= deadline) {
          this.behind = true;
          break;
        }
        const unfinished: string[] = [];
        for (const table of tables) {
          const { count, isFull } = await this.sweepBatch(table);
          removed += count;
          if (isFull) unfinished.push(table);
        }
        tables = unfinished;
      }
    } catch (error) {
      this.logger.warn(`Expired rows stay a little longer: ${(error as Error).message}`);
    }
    return removed;
  }

  private async sweepBatch(table: string): Promise<{ readonly count: number; readonly isFull: boolean }> {
    const batch = this.batches.get(table) ?? new BatchSize();
    this.batches.set(table, batch);
    const size = batch.current;
    const startedAt = performance.now();
    try {
      const count = await this.repository.sweep(table, size);
      this.removedCount += count;
      batch.took(performance.now() - startedAt, count);
      return { count, isFull: count === size };
    } catch (error) {
      batch.failed();
      throw error;
    }
  }
}
