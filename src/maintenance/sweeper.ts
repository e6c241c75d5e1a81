import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 1000;
/** Rounds at one time, so that a backlog does not keep one process busy for ever. */
const MAX_ROUNDS = 20;

const sweep = statement('sweep_expired', 'SELECT sweep_expired($1)::int AS removed');

/** Removes what expired more than a day ago: in small batches, in every process, without waiting for each other. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<number> | undefined;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    // Processes that started together do not sweep together.
    this.timer = setInterval(() => void this.sweep(), INTERVAL_MS * (0.75 + Math.random() / 2)).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** @returns how many rows were removed */
  sweep(): Promise<number> {
    return (this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined)));
  }

  private async sweepAll(): Promise<number> {
    let removed = 0;
    try {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const [row] = await this.database.platformQuery<{ removed: number }>(sweep, [BATCH_SIZE]);
        removed += row?.removed ?? 0;
        if ((row?.removed ?? 0) < BATCH_SIZE) break;
      }
    } catch (error) {
      this.logger.warn(`Expired rows stay a little longer: ${(error as Error).message}`);
    }
    return removed;
  }
}
