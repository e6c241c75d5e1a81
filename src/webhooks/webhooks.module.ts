import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { WebhookAttempt } from './webhook-attempt.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { WebhookQueueRepository } from './webhook-queue.repository.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksService } from './webhooks.service.js';

/** Events of the audit log, sent to other systems (Standard Webhooks 1.0). */
@Module({
  imports: [KeysModule],
  providers: [
    WebhookEndpointsRepository,
    WebhookDeliveriesRepository,
    WebhookQueueRepository,
    WebhookSender,
    WebhookAttempt,
    WebhookDelivery,
    WebhooksService,
  ],
  exports: [WebhooksService, WebhookDelivery, WebhookAttempt],
})
export class WebhooksModule {}
