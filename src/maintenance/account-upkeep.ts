import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccountDeletions } from '../account/account-deletions.js';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 100;
/** Of one round; what is left waits for the next one. */
const BUDGET_MS = 30_000;

/**
 * Destroys accounts whose person asked for it, once their time has come. Several processes may do this at the same time:
 * each account is deleted by one statement, and one of them finds it.
 */
@Injectable()
export class AccountUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AccountUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly deletions: AccountDeletions) {}

  onApplicationBootstrap(): void {
    // The interval varies, so that processes that started together do not work at the same moment.
    this.timer = setInterval(() => void this.guarded(), INTERVAL_MS * (0.75 + Math.random() / 2)).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Until nothing is due. */
  async destroyDue(): Promise<void> {
    const deadline = performance.now() + BUDGET_MS;
    while (!this.stopped && performance.now() < deadline) {
      if ((await this.deletions.destroyDue(BATCH_SIZE)) < BATCH_SIZE) return;
    }
  }

  private guarded(): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : this.destroyDue()))
      .catch((error: unknown) => this.logger.warn(`Accounts wait for their deletion: ${(error as Error).message}`));
    return this.running;
  }
}
