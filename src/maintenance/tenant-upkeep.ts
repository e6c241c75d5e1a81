import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TenantDestruction } from '../offboarding/tenant-destruction.js';

const INTERVAL_MS = 60_000;
/** Of one round; what is left waits for the next one. */
const BUDGET_MS = 30_000;

/**
 * Destroys tenants whose deletion was asked for, once their time has come. A deletion is claimed, so one process at a
 * time works on it.
 */
@Injectable()
export class TenantUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(TenantUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly destruction: TenantDestruction) {}

  onApplicationBootstrap(): void {
    // The interval varies, so that processes that started together do not work at the same moment.
    this.timer = setInterval(() => void this.guarded(), INTERVAL_MS * (0.75 + Math.random() / 2)).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.destruction.stop();
    clearInterval(this.timer);
    await this.running;
  }

  /** Until nothing is due. */
  async destroyDue(): Promise<void> {
    const deadline = performance.now() + BUDGET_MS;
    while (!this.stopped && performance.now() < deadline) {
      if (!(await this.destruction.destroyNext({ ms: deadline - performance.now() }))) return;
    }
  }

  private guarded(): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : this.destroyDue()))
      .catch((error: unknown) => this.logger.warn(`Tenants wait for their deletion: ${(error as Error).message}`));
    return this.running;
  }
}
