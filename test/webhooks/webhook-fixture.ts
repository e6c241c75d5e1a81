import { randomUUID } from 'node:crypto';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { WebhookDelivery } from '../../src/webhooks/webhook-delivery.js';
import type { Platform } from '../support/platform.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';

export interface MadeWebhook {
  readonly id: string;
  readonly secret: string;
  /** Of the receiver. */
  readonly path: string;
}

export interface DeliveryRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly wait_seconds: number;
}

/** Webhooks of the tenants of a platform, each at a path of its own of one receiver. */
export class WebhookFixture {
  constructor(
    private readonly platform: Platform,
    private readonly receiver: () => WebhookReceiver,
  ) {}

  async make(tenant: string, eventTypes: readonly string[], more: object = {}): Promise<MadeWebhook> {
    const path = `/${randomUUID()}`;
    const body = { url: this.receiver().url(path), event_types: eventTypes, ...more };
    const made = await this.platform.operator.create<{ id: string; secret: string }>(
      `/tenants/${tenant}/webhooks`,
      body,
    );
    return { ...made, path };
  }

  async remove(tenant: string, { id }: MadeWebhook): Promise<void> {
    await this.platform.operator.request('DELETE', `/tenants/${tenant}/webhooks/${id}`);
  }

  /** An event of type user.created. */
  async newUser(tenant: string): Promise<string> {
    const body = { username: `user-${randomUUID()}` };
    return (await this.platform.operator.create<{ id: string }>(`/tenants/${tenant}/users`, body)).id;
  }

  /** All that is due by now, with what the log still had in its buffer. */
  async deliver(platform: Platform = this.platform): Promise<void> {
    await platform.application.nest.get(AuditRecorder).flush();
    await platform.application.nest.get(WebhookDelivery).deliverDue();
  }

  async rows({ id }: Pick<MadeWebhook, 'id'>): Promise<DeliveryRow[]> {
    return this.platform.database.query<DeliveryRow>(
      `SELECT id, type, state, attempts, status, error, extract(epoch FROM due_at - now())::float8 AS wait_seconds
         FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY id`,
      [id],
    );
  }

  /** As if so much time had passed for everything that waits. */
  async advance(interval = '2 days'): Promise<void> {
    await this.platform.database.query(
      `UPDATE webhook_deliveries SET due_at = due_at - $1::interval WHERE state = 'queued' AND due_at > now()`,
      [interval],
    );
  }
}
