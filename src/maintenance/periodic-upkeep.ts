import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const INTERVAL_MS = 60_000;
/** Of one round; what is left waits for the next one. */
const BUDGET_MS = 30_000;
/** Worked on together. */
const AT_ONCE = 10;

/** Work that is looked for about once a minute, in every process. A round that fails is tried again after that time. */
export abstract class PeriodicUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param waiting what the log says while it fails: `Accounts wait for their deletion` */
  protected constructor(private readonly waiting: string) {}

  onApplicationBootstrap(): void {
    // The interval varies, so that processes that started together do not work at the same moment.
    this.timer = setInterval(() => void this.guarded(), INTERVAL_MS * (0.75 + Math.random() / 2)).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Until nothing is due, or the round has taken its time. */
  protected abstract round(): Promise<void>;

  /** @param step does a part, and says whether more may be due */
  protected async whileDue(step: (budget: { readonly ms: number }) => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + BUDGET_MS;
    while (!this.stopped && performance.now() < deadline) {
      if (!(await step({ ms: deadline - performance.now() }))) return;
    }
  }

  /** The same for what is claimed, a few at a time. What fails is logged, and holds up nothing else. */
  protected eachDue<Due>(
    claim: (atMost: number) => Promise<readonly Due[]>,
    work: (due: Due) => Promise<unknown>,
  ): Promise<void> {
    return this.whileDue(async () => {
      const due = await claim(AT_ONCE);
      const done = await Promise.allSettled(due.map(work));
      for (const result of done) {
        if (result.status === 'rejected') this.logger.warn(`${this.waiting}: ${(result.reason as Error).message}`);
      }
      return due.length === AT_ONCE;
    });
  }

  private guarded(): Promise<void> {
    this.running = this.running
      .then(() => (this.stopped ? undefined : this.round()))
      .catch((error: unknown) => this.logger.warn(`${this.waiting}: ${(error as Error).message}`));
    return this.running;
  }
}
