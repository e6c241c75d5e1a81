import { Logger } from '@nestjs/common';
import type { ChangeFeed } from './change-feed.js';
import { within } from './within.js';

/** How often a process looks for work whose next attempt has become due. New work is announced. */
const INTERVAL_MS = 5000;
const ANNOUNCED_MS = 20;
/** How often the queue is counted, for metrics. */
const COUNT_MS = 15_000;
/** For attempts under way when the process stops. After it they are cut. */
const STOP_LIMIT_MS = 4000;

/** What a process may work on at once: of one tenant, for instance. */
export interface Lane {
  readonly key: string;
  readonly atOnce: number;
}

/** Work that is stored in a table with its cause, and done afterwards by whichever process claims it. */
export interface OutboxWork<Job, State> {
  /** The table whose changes announce new work. */
  readonly table: string;
  /** For the log: "Mail". */
  readonly name: string;
  /** Attempts of this process at once. */
  readonly atOnce: number;
  readonly lanesOf: (job: Job) => readonly Lane[];
  /**
   * Claims what is due. Each job belongs to one attempt at a time, and comes back by itself when its process dies.
   * @param options.busy keys of the lanes that are full
   * @param options.after what was claimed last, so that others have their turn
   */
  readonly claim: (options: {
    readonly atMost: number;
    readonly busy: readonly string[];
    readonly after: Job | undefined;
  }) => Promise<readonly Job[]>;
  /** One attempt, with the record of how it went. */
  readonly attempt: (job: Job) => Promise<void>;
  readonly count: () => Promise<State>;
  /** Ends the attempts under way; each is recorded as one that is made again. */
  readonly cut: () => Promise<void> | void;
}

/** Works off an outbox. Every process does; they skip each other's jobs. */
export class Outbox<Job, State> {
  private readonly logger: Logger;
  private readonly active = new Map<string, { count: number; readonly atOnce: number }>();
  private readonly attempts = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<number> | undefined;
  private isAnnounced = false;
  private stopped = false;
  private countDueAt = 0;
  private last: Job | undefined;
  private counted: State | undefined;

  constructor(private readonly work: OutboxWork<Job, State>) {
    this.logger = new Logger(`${work.name}Outbox`);
  }

  /** As of a few seconds ago; undefined before the first count. */
  get state(): State | undefined {
    return this.counted;
  }

  start(changes: ChangeFeed): void {
    changes.subscribe({
      changed: ({ table }) => {
        if (table === this.work.table) this.wake();
      },
      missed: () => this.wake(),
    });
    this.schedule(INTERVAL_MS);
  }

  /** While the database is still there, so that every attempt can be recorded. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.polling?.catch(() => undefined);
    await within(STOP_LIMIT_MS, Promise.all(this.attempts));
    await this.work.cut();
    await within(STOP_LIMIT_MS, Promise.all(this.attempts)); // those that were cut are put off
  }

  /** Does what is due, with what becomes due meanwhile. */
  async workOff(): Promise<void> {
    for (;;) {
      await this.polling?.catch(() => undefined); // it may have begun before a job was stored
      const claimed = await this.poll();
      const underWay = this.attempts.size;
      await Promise.all(this.attempts);
      // With all places taken nothing more could be claimed.
      if (claimed === 0 && underWay === 0) return;
    }
  }

  private wake(): void {
    if (this.isAnnounced || this.stopped) return;
    this.isAnnounced = true;
    this.schedule(ANNOUNCED_MS);
  }

  private schedule(milliseconds: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    const wait = milliseconds * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => void this.round(), wait).unref();
  }

  private async round(): Promise<void> {
    this.isAnnounced = false;
    try {
      await this.poll();
      await this.count();
    } catch (error) {
      this.logger.warn(`${this.work.name} waits a little longer: ${(error as Error).message}`);
    }
    if (!this.isAnnounced) this.schedule(INTERVAL_MS);
  }

  /** The queue may be long, and rounds follow each other at once while it is worked off. */
  private async count(): Promise<void> {
    if (performance.now() < this.countDueAt) return;
    this.counted = await this.work.count();
    this.countDueAt = performance.now() + COUNT_MS;
  }

  /** One at a time, or two would fill the same places. */
  private poll(): Promise<number> {
    return (this.polling ??= this.claimAndBegin().finally(() => (this.polling = undefined)));
  }

  private async claimAndBegin(): Promise<number> {
    const atMost = this.work.atOnce - this.attempts.size;
    if (atMost <= 0 || this.stopped) return 0;
    const claimed = await this.work.claim({ atMost, busy: this.busy(), after: this.last });
    for (const job of claimed) this.begin(job);
    this.last = claimed.at(-1) ?? this.last;
    return claimed.length;
  }

  /** Full lanes. */
  private busy(): string[] {
    return [...this.active].filter(([, { count, atOnce }]) => count >= atOnce).map(([key]) => key);
  }

  private begin(job: Job): void {
    const lanes = this.work.lanesOf(job);
    for (const { key, atOnce } of lanes) {
      const lane = this.active.get(key);
      if (lane) lane.count += 1;
      else this.active.set(key, { count: 1, atOnce });
    }
    const attempt = this.work
      .attempt(job)
      .catch((error: unknown) =>
        this.logger.error(`${this.work.name} waits for its next attempt: ${(error as Error).message}`),
      )
      .finally(() => {
        this.attempts.delete(attempt);
        for (const { key } of lanes) this.leave(key);
        this.wake();
      });
    this.attempts.add(attempt);
  }

  private leave(key: string): void {
    const lane = this.active.get(key);
    if (!lane) return;
    lane.count -= 1;
    if (lane.count === 0) this.active.delete(key);
  }
}
