import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { persistently } from '../database/persistently.js';
import { retryWait } from '../database/retry-waits.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { TEST_TYPE } from './webhook.js';
import { eventPayload, testPayload } from './webhook-payload.js';
import { type ClaimedDelivery, type QueuedDelivery, WebhookQueueRepository } from './webhook-queue.repository.js';
import { openSecret } from './webhook-secret.js';
import { type WebhookAnswer, WebhookSender } from './webhook-sender.js';
import { webhookHeaders } from './webhook-signature.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds from each failed attempt to the next one: ten attempts within about three days. */
export const RETRY_WAITS = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/** One attempt to deliver one event to one endpoint, from its claim to the record of how it went. */
@Injectable()
export class WebhookAttempt {
  private deliveredCount = 0;
  private failedCount = 0;
  private postponedCount = 0;
  private disabledCount = 0;

  constructor(
    private readonly repository: WebhookQueueRepository,
    private readonly vault: TenantVault,
    private readonly sender: WebhookSender,
    private readonly audit: AuditRecorder,
  ) {}

  /** Events of this process that receivers took. */
  get delivered(): number {
    return this.deliveredCount;
  }

  /** Deliveries that were given up. */
  get failed(): number {
    return this.failedCount;
  }

  /** Attempts that are followed by another one. */
  get postponed(): number {
    return this.postponedCount;
  }

  /** Endpoints that were disabled: gone, or failing for days. */
  get disabled(): number {
    return this.disabledCount;
  }

  async make(claimed: ClaimedDelivery): Promise<void> {
    const { tenantId } = claimed;
    const [delivery, event] = await Promise.all([
      this.repository.find(tenantId, claimed),
      this.repository.findEvent(tenantId, claimed),
    ]);
    if (!delivery) return; // deleted or disabled meanwhile
    const { type, occurred_at: occurredAt } = delivery;
    const body =
      type === TEST_TYPE ? testPayload(tenantId, claimed.endpointId, occurredAt) : event && eventPayload(event);
    if (body === undefined) {
      await this.giveUp(claimed, 'The log does not have the event any more.');
      return;
    }
    const answer = await this.send(claimed, delivery, body);
    await persistently(() => this.record(claimed, delivery, answer));
  }

  private async send(
    { tenantId, endpointId, id }: ClaimedDelivery,
    { url, secret, previous_secret: previous }: QueuedDelivery,
    body: string,
  ): Promise<WebhookAnswer> {
    const cipher = await this.vault.cipher(tenantId);
    const sealed = previous ? [secret, previous] : [secret];
    const secrets = sealed.map((one) => openSecret(cipher, endpointId, one));
    const headers = webhookHeaders({ id, timestamp: Math.floor(Date.now() / 1000), body }, secrets);
    return this.sender.send(url, { ...headers, 'user-agent': 'Tenantry-Webhooks' }, body);
  }

  private async record(claimed: ClaimedDelivery, delivery: QueuedDelivery, answer: WebhookAnswer): Promise<void> {
    const { tenantId, endpointId } = claimed;
    const { outcome, status, error = '', retryAfterSeconds = 0 } = answer;
    if (outcome === 'delivered') {
      if (await this.repository.deliver(tenantId, claimed, status ?? 0)) this.deliveredCount += 1;
      return;
    }
    const ownWait = outcome === 'gone' ? undefined : retryWait(RETRY_WAITS, delivery.attempts);
    const waitSeconds = ownWait === undefined ? undefined : Math.max(ownWait, retryAfterSeconds);
    const failed = await this.repository.fail(tenantId, claimed, { status, error, waitSeconds });
    if (!failed) return;
    if (waitSeconds === undefined) this.failedCount += 1;
    else this.postponedCount += 1;
    if (outcome === 'gone' || failed.tooLong) {
      await this.disable(tenantId, endpointId, outcome === 'gone' ? 'gone' : 'failing');
    }
  }

  private async giveUp(claimed: ClaimedDelivery, error: string): Promise<void> {
    const result = { status: undefined, error, waitSeconds: undefined };
    if (await this.repository.fail(claimed.tenantId, claimed, result)) this.failedCount += 1;
  }

  private async disable(tenantId: ClaimedDelivery['tenantId'], endpointId: string, reason: 'gone' | 'failing') {
    const event = this.audit.parameterOf({
      tenantId,
      type: 'webhook.disabled',
      outcome: 'failure',
      target: `webhook:${endpointId}`,
      details: { reason },
    });
    if (await this.repository.disable(tenantId, endpointId, reason, event)) this.disabledCount += 1;
  }
}
