import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { type Delivery, MAX_WEBHOOKS, type Webhook } from './webhook.js';
import { type DeliveryPage, type Replayed, WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { type NewWebhook, WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { sealSecret } from './webhook-secret.js';
import { WebhookSender } from './webhook-sender.js';
import { newWebhookSecret } from './webhook-signature.js';

/** Events of the log that one replay takes on. */
export const MAX_REPLAYED = 5000;

/** An endpoint with the secret that is shown once. */
export interface WebhookWithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** Where a tenant's events are sent. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly vault: TenantVault,
    private readonly sender: WebhookSender,
  ) {}

  /** What is wrong with the address of a receiver; completed by the name of the member. */
  findUrlFault(url: string): string | undefined {
    return this.sender.findFault(url);
  }

  list(tenantId: TenantId, page: { readonly after: string | undefined; readonly limit: number }): Promise<Webhook[]> {
    return this.endpoints.list(tenantId, page);
  }

  find(tenantId: TenantId, id: string): Promise<Webhook | undefined> {
    return this.endpoints.find(tenantId, id);
  }

  /** @returns undefined when the tenant has as many as it may have */
  create(
    tenantId: TenantId,
    endpoint: NewWebhook,
    companion?: Companion<WebhookWithSecret>,
  ): Promise<WebhookWithSecret | undefined> {
    const id = uuidv7();
    const secret = newWebhookSecret();
    return unitOfWork(this.database, tenantId, companion, async (_, transaction) => {
      const cipher = await this.vault.within(tenantId, transaction);
      const made = { ...endpoint, id, secret: sealSecret(cipher, id, secret) };
      const webhook = await this.endpoints.create(tenantId, made, { atMost: MAX_WEBHOOKS, transaction });
      return webhook && { webhook, secret };
    });
  }

  /** @returns undefined when the version is stale */
  update(
    tenantId: TenantId,
    id: string,
    change: NewWebhook & { readonly version: number },
    companion?: Companion<Webhook>,
  ): Promise<Webhook | undefined> {
    return unitOfWork(this.database, tenantId, companion, (_, transaction) =>
      this.endpoints.update(tenantId, id, change, transaction),
    );
  }

  /** What waits for it is forgotten. @returns undefined when there is none */
  delete(tenantId: TenantId, id: string, companion?: Companion<true>): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (_, transaction) =>
      (await this.endpoints.delete(tenantId, id, transaction)) ? true : undefined,
    );
  }

  /** Another secret; the one of before signs too for so many hours. @returns undefined when the version is stale */
  rotate(
    tenantId: TenantId,
    { id, version }: Pick<Webhook, 'id' | 'version'>,
    overlapHours: number,
    companion?: Companion<WebhookWithSecret>,
  ): Promise<WebhookWithSecret | undefined> {
    const secret = newWebhookSecret();
    return unitOfWork(this.database, tenantId, companion, async (_, transaction) => {
      const cipher = await this.vault.within(tenantId, transaction);
      const change = { version, overlapHours, secret: sealSecret(cipher, id, secret) };
      const webhook = await this.endpoints.rotate(tenantId, id, change, transaction);
      return webhook && { webhook, secret };
    });
  }

  listDeliveries(tenantId: TenantId, endpointId: string, page: DeliveryPage): Promise<Delivery[]> {
    return this.deliveries.list(tenantId, endpointId, page);
  }

  findDelivery(tenantId: TenantId, endpointId: string, id: string): Promise<Delivery | undefined> {
    return this.deliveries.find(tenantId, endpointId, id);
  }

  /** Queues a message that is no event, to see whether the receiver takes it. */
  sendTest(tenantId: TenantId, endpointId: string, companion?: Companion<Delivery>): Promise<Delivery | undefined> {
    return unitOfWork(this.database, tenantId, companion, (_, transaction) =>
      this.deliveries.createTest(tenantId, endpointId, uuidv7(), transaction),
    );
  }

  /** @returns undefined when there is no such delivery */
  replay(
    tenantId: TenantId,
    endpointId: string,
    id: string,
    companion?: Companion<Delivery>,
  ): Promise<Delivery | undefined> {
    return unitOfWork(this.database, tenantId, companion, (_, transaction) =>
      this.deliveries.replay(tenantId, endpointId, id, transaction),
    );
  }

  replaySince(
    tenantId: TenantId,
    endpointId: string,
    wanted: { readonly since: Date; readonly until: Date; readonly all: boolean },
    companion?: Companion<Replayed>,
  ): Promise<Replayed | undefined> {
    return unitOfWork(this.database, tenantId, companion, (_, transaction) =>
      this.deliveries.replaySince(tenantId, endpointId, { ...wanted, atMost: MAX_REPLAYED }, transaction),
    );
  }
}
