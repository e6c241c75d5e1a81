import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ChangeFeed } from '../database/change-feed.js';
import { Outbox } from '../database/outbox.js';
import { WebhookAttempt } from './webhook-attempt.js';
import { type ClaimedDelivery, WebhookQueueRepository, type WebhookQueueState } from './webhook-queue.repository.js';
import { ATTEMPT_LIMIT_MS, WebhookSender } from './webhook-sender.js';

/** Attempts of one process at once: in all, of one tenant, and at one endpoint. */
const AT_ONCE = { all: 32, tenant: 8, endpoint: 2 };
/** A delivery is due again after this when its process died. Longer than an attempt with its record. */
const LEASE_SECONDS = ATTEMPT_LIMIT_MS / 1000 + 90;
const NOTHING_WAITS: WebhookQueueState = { waiting: 0, overdueSeconds: 0 };

/**
 * Delivers events to the endpoints that want them, each at least once and in no promised order. Every process does; they
 * skip each other's deliveries, and a delivery belongs to one attempt at a time. A process that ends between a
 * receiver's answer and its record here leaves the delivery to another one, which sends it again with the same
 * `webhook-id`.
 */
@Injectable()
export class WebhookDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly outbox: Outbox<ClaimedDelivery, WebhookQueueState>;

  constructor(
    repository: WebhookQueueRepository,
    attempt: WebhookAttempt,
    sender: WebhookSender,
    private readonly changes: ChangeFeed,
  ) {
    this.outbox = new Outbox<ClaimedDelivery, WebhookQueueState>({
      table: 'webhook_deliveries',
      name: 'Webhook',
      atOnce: AT_ONCE.all,
      lanesOf: ({ tenantId, endpointId }) => [
        { key: tenantId, atOnce: AT_ONCE.tenant },
        { key: endpointId, atOnce: AT_ONCE.endpoint },
      ],
      claim: ({ atMost, busy, after }) =>
        repository.claim({
          atMost,
          perEndpoint: AT_ONCE.endpoint,
          perTenant: AT_ONCE.tenant,
          busy,
          leaseSeconds: LEASE_SECONDS,
          after,
        }),
      attempt: (delivery) => attempt.make(delivery),
      count: () => repository.state(),
      cut: () => sender.close(),
    });
  }

  /** Deliveries that wait, in the whole installation, as of a few seconds ago. */
  get queueState(): WebhookQueueState {
    return this.outbox.state ?? NOTHING_WAITS;
  }

  onApplicationBootstrap(): void {
    this.outbox.start(this.changes);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.outbox.stop();
  }

  /** Delivers what is due, with what becomes due meanwhile. */
  async deliverDue(): Promise<void> {
    await this.outbox.workOff();
  }
}
