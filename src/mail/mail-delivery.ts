import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { ChangeFeed } from '../database/change-feed.js';
import type { TenantId } from '../database/tenant-id.js';
import { MailAttempt } from './mail-attempt.js';
import { type ClaimedMail, MailQueueRepository, type QueueState } from './mail-queue.repository.js';
import { ATTEMPT_LIMIT_MS, MAX_CONNECTIONS, SmtpSender } from './smtp-sender.js';

/** How often a process looks for mails whose next attempt has become due. New mails are announced. */
const INTERVAL_MS = 5000;
const ANNOUNCED_MS = 20;
/** How often the queue is counted, for metrics. */
const COUNT_MS = 15_000;
/** Mails of one tenant that a process delivers at once: the rest of its connections is for others. */
const PER_TENANT = 2;
/** A mail is due again after this when its process died. Longer than an attempt with what goes before and after it. */
const LEASE_SECONDS = ATTEMPT_LIMIT_MS / 1000 + 90;
/** For attempts on their way when the process stops. After it they are cut. */
const STOP_LIMIT_MS = 4000;

/**
 * Delivers the mails of the outbox. Every process does; they skip each other's mails. A mail belongs to one attempt at a
 * time, and every attempt has an end, also when its process is killed. A mail is given to the SMTP server once, unless a
 * process or connection ends between the server's acceptance and its record here; then it comes again, with the same
 * Message-ID.
 */
@Injectable()
export class MailDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MailDelivery.name);
  private readonly active = new Map<TenantId, number>();
  private readonly attempts = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<number> | undefined;
  private isAnnounced = false;
  private stopped = false;
  private countDueAt = 0;
  private last: TenantId | undefined;
  private queue: QueueState = { waiting: 0, oldestSeconds: 0 };

  constructor(
    private readonly repository: MailQueueRepository,
    private readonly attempt: MailAttempt,
    private readonly sender: SmtpSender,
    private readonly changes: ChangeFeed,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Mails that wait, in the whole installation, as of a few seconds ago. */
  get queueState(): QueueState {
    return this.queue;
  }

  onApplicationBootstrap(): void {
    if (!this.config.smtp) return;
    this.changes.subscribe({
      changed: ({ table }) => {
        if (table === 'mails') this.wake();
      },
      missed: () => this.wake(),
    });
    this.schedule(INTERVAL_MS);
  }

  /** While the database is still there, so that every attempt can be recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.polling?.catch(() => undefined);
    await within(STOP_LIMIT_MS, Promise.all(this.attempts));
    await this.sender.close();
    await within(STOP_LIMIT_MS, Promise.all(this.attempts)); // those that were cut are put off
  }

  /** Delivers what is due, with what becomes due meanwhile. */
  async deliverDue(): Promise<void> {
    for (;;) {
      await this.polling?.catch(() => undefined); // it may have begun before a mail was stored
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
      this.logger.warn(`Mail waits a little longer: ${(error as Error).message}`);
    }
    if (!this.isAnnounced) this.schedule(INTERVAL_MS);
  }

  /** The queue may be long, and rounds follow each other at once while it is worked off. */
  private async count(): Promise<void> {
    if (performance.now() < this.countDueAt) return;
    this.queue = await this.repository.state();
    this.countDueAt = performance.now() + COUNT_MS;
  }

  /** One at a time, or two would fill the same places. */
  private poll(): Promise<number> {
    return (this.polling ??= this.claimAndBegin().finally(() => (this.polling = undefined)));
  }

  private async claimAndBegin(): Promise<number> {
    const atMost = MAX_CONNECTIONS - this.attempts.size;
    if (atMost <= 0 || this.stopped) return 0;
    const busy = [...this.active].filter(([, count]) => count >= PER_TENANT).map(([tenantId]) => tenantId);
    const options = { atMost, perTenant: PER_TENANT, busy, leaseSeconds: LEASE_SECONDS, after: this.last };
    const claimed = await this.repository.claim(options);
    for (const mail of claimed) this.begin(mail);
    this.last = claimed.at(-1)?.tenantId ?? this.last;
    return claimed.length;
  }

  private begin(mail: ClaimedMail): void {
    const { tenantId } = mail;
    this.active.set(tenantId, (this.active.get(tenantId) ?? 0) + 1);
    const attempt = this.attempt
      .make(mail)
      .catch((error: unknown) => this.logger.error(`A mail waits for its next attempt: ${(error as Error).message}`))
      .finally(() => {
        this.attempts.delete(attempt);
        const left = (this.active.get(tenantId) ?? 1) - 1;
        if (left === 0) this.active.delete(tenantId);
        else this.active.set(tenantId, left);
        this.wake();
      });
    this.attempts.add(attempt);
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
