import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Outbox } from '../database/outbox.js';
import type { TenantId } from '../database/tenant-id.js';
import { MailAttempt } from './mail-attempt.js';
import { type ClaimedMail, MailQueueRepository, type QueueState } from './mail-queue.repository.js';
import { ATTEMPT_LIMIT_MS, MAX_CONNECTIONS, SmtpSender } from './smtp-sender.js';

/** Mails of one tenant that a process delivers at once: the rest of its connections is for others. */
const PER_TENANT = 2;
/** A mail is due again after this when its process died. Longer than an attempt with what goes before and after it. */
const LEASE_SECONDS = ATTEMPT_LIMIT_MS / 1000 + 90;
const NOTHING_WAITS: QueueState = { waiting: 0, oldestSeconds: 0 };

/**
 * Delivers the mails of the outbox. Every process does; they skip each other's mails. A mail belongs to one attempt at a
 * time, and every attempt has an end, also when its process is killed. A mail is given to the SMTP server once, unless a
 * process or connection ends between the server's acceptance and its record here; then it comes again, with the same
 * Message-ID.
 */
@Injectable()
export class MailDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly outbox: Outbox<ClaimedMail, QueueState>;

  constructor(
    repository: MailQueueRepository,
    attempt: MailAttempt,
    sender: SmtpSender,
    private readonly changes: ChangeFeed,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.outbox = new Outbox<ClaimedMail, QueueState>({
      table: 'mails',
      name: 'Mail',
      atOnce: MAX_CONNECTIONS,
      lanesOf: ({ tenantId }) => [{ key: tenantId, atOnce: PER_TENANT }],
      claim: ({ atMost, busy, after }) =>
        repository.claim({
          atMost,
          perTenant: PER_TENANT,
          busy: busy as readonly TenantId[],
          leaseSeconds: LEASE_SECONDS,
          after: after?.tenantId,
        }),
      attempt: (mail) => attempt.make(mail),
      count: () => repository.state(),
      cut: () => sender.close(),
    });
  }

  /** Mails that wait, in the whole installation, as of a few seconds ago. */
  get queueState(): QueueState {
    return this.outbox.state ?? NOTHING_WAITS;
  }

  onApplicationBootstrap(): void {
    if (this.config.smtp) this.outbox.start(this.changes);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.outbox.stop();
  }

  /** Delivers what is due, with what becomes due meanwhile. */
  async deliverDue(): Promise<void> {
    await this.outbox.workOff();
  }
}
