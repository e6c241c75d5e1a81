import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainChecksRepository } from '../domains/domain-checks.repository.js';
import { DomainsService } from '../domains/domains.service.js';

const INTERVAL_MS = 60_000;
/** Looked at together. The rest waits for the next round. */
const BATCH_SIZE = 10;
/** Of one round. */
const MAX_BATCHES = 10;

/** Looks again at domains that are pending, so that nobody has to come back when a record has spread. */
@Injectable()
export class DomainUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DomainUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly checks: DomainChecksRepository,
    private readonly domains: DomainsService,
  ) {}

  onApplicationBootstrap(): void {
    // The interval varies, so that processes that started together do not work at the same moment.
    this.timer = setInterval(() => void this.guarded(), INTERVAL_MS * (0.75 + Math.random() / 2)).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Until nothing is due, or the round has done its part. */
  async lookAtDue(): Promise<void> {
    for (let batch = 0; batch < MAX_BATCHES && !this.stopped; batch += 1) {
      const due = await this.checks.claim(BATCH_SIZE);
      const looked = await Promise.allSettled(
        due.map(({ tenantId, domain }) => this.domains.lookAgain(tenantId, domain)),
      );
      for (const result of looked) {
        if (result.status === 'rejected') this.logger.warn(`A domain waits: ${(result.reason as Error).message}`);
      }
      if (due.length < BATCH_SIZE) return;
    }
  }

  private guarded(): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : this.lookAtDue()))
      .catch((error: unknown) => this.logger.warn(`Domains wait: ${(error as Error).message}`));
    return this.running;
  }
}
