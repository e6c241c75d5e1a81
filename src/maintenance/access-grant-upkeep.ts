import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccessGrants } from '../operator-access/access-grants.service.js';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 100;
/** Of one round; what is left waits for the next one. */
const BUDGET_MS = 30_000;

/**
 * Writes into the logs of tenants that access of operators is over. Nobody has it any longer by then: the time is asked at
 * every call. Several processes may do this at the same time; each end is recorded once.
 */
@Injectable()
export class AccessGrantUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AccessGrantUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly grants: AccessGrants) {}

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
  async recordExpired(): Promise<void> {
    const deadline = performance.now() + BUDGET_MS;
    while (!this.stopped && performance.now() < deadline) {
      if ((await this.grants.recordExpired(BATCH_SIZE)) < BATCH_SIZE) return;
    }
  }

  private guarded(): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : this.recordExpired()))
      .catch((error: unknown) =>
        this.logger.warn(`Ends of access grants wait to be recorded: ${(error as Error).message}`),
      );
    return this.running;
  }
}
