import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { WebhookManagement } from './webhook-management.js';
import { webhookView } from './webhook.view.js';
import {
  CreateWebhookDto,
  ListDeliveriesQuery,
  ReplayEventsDto,
  RotateWebhookSecretDto,
  UpdateWebhookDto,
} from './webhooks.dto.js';

@ManagementController('Webhooks')
@Controller('api/v1/tenants/:tenant/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhookManagement) {}

  @Get()
  @Endpoint({
    id: 'listWebhooks',
    summary: 'The webhooks, in the order in which they were made',
    scope: 'webhooks:read',
    reach: 'none',
    query: PageQuery,
    answer: 'WebhookPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<View>> {
    return this.webhooks.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createWebhook',
    summary: 'Makes a webhook. Its secret is in this answer only. Needs audit:read too',
    scope: 'webhooks:write',
    reach: 'secrets',
    body: CreateWebhookDto,
    answer: 'WebhookWithSecret',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateWebhookDto,
  ): Promise<WriteAnswer> {
    return this.webhooks.create(write, tenant, body);
  }

  @Get(':webhook_id')
  @Endpoint({
    id: 'getWebhook',
    summary: 'One webhook',
    scope: 'webhooks:read',
    reach: 'none',
    answer: 'Webhook',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const webhook = await this.webhooks.get(tenant, id);
    return withEtag(response, webhook.version, webhookView(webhook));
  }

  @Patch(':webhook_id')
  @Endpoint({
    id: 'updateWebhook',
    summary: 'Changes members by JSON Merge Patch. Needs audit:read too',
    scope: 'webhooks:write',
    reach: 'secrets',
    body: UpdateWebhookDto,
    answer: 'Webhook',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Body() body: UpdateWebhookDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.webhooks.update(write, tenant, { id, body, ifMatch });
  }

  @Delete(':webhook_id')
  @Endpoint({
    id: 'deleteWebhook',
    summary: 'Removes a webhook, and what waits for it',
    scope: 'webhooks:write',
    reach: 'secrets',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.webhooks.delete(write, tenant, id, ifMatch);
  }

  @Post(':webhook_id/rotate-secret')
  @Endpoint({
    id: 'rotateWebhookSecret',
    summary: 'Makes another secret, in this answer only. Both sign for a while. Needs audit:read too',
    scope: 'webhooks:write',
    reach: 'secrets',
    body: RotateWebhookSecretDto,
    answer: 'WebhookWithSecret',
    versioned: true,
  })
  rotateSecret(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Body() body: RotateWebhookSecretDto,
  ): Promise<WriteAnswer> {
    return this.webhooks.rotateSecret(write, tenant, id, body);
  }

  @Post(':webhook_id/test')
  @Endpoint({
    id: 'testWebhook',
    summary: 'Sends a message of type webhook.test, and says what the receiver answered',
    scope: 'webhooks:write',
    reach: 'secrets',
    answer: 'WebhookDelivery',
  })
  sendTest(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
  ): Promise<WriteAnswer> {
    return this.webhooks.sendTest(write, tenant, id);
  }

  @Post(':webhook_id/replay')
  @Endpoint({
    id: 'replayEvents',
    summary: 'Sends events of the audit log since a moment, those that were not taken. Needs audit:read too',
    scope: 'webhooks:write',
    reach: 'secrets',
    body: ReplayEventsDto,
    answer: 'WebhookReplay',
  })
  replaySince(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Body() body: ReplayEventsDto,
  ): Promise<WriteAnswer> {
    return this.webhooks.replaySince(write, tenant, id, body);
  }

  @Get(':webhook_id/deliveries')
  @Endpoint({
    id: 'listWebhookDeliveries',
    summary: 'The deliveries of the last 30 days and how they fare, newest event first',
    scope: 'webhooks:read',
    reach: 'none',
    query: ListDeliveriesQuery,
    answer: 'WebhookDeliveryPage',
  })
  listDeliveries(
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Query() query: ListDeliveriesQuery,
  ): Promise<Page<View>> {
    return this.webhooks.listDeliveries(tenant, id, query);
  }

  @Post(':webhook_id/deliveries/:delivery_id/replay')
  @Endpoint({
    id: 'replayDelivery',
    summary: 'Sends one event again. Needs audit:read too',
    scope: 'webhooks:write',
    reach: 'secrets',
    answer: 'WebhookDelivery',
  })
  replay(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('webhook_id') id: string,
    @Param('delivery_id') deliveryId: string,
  ): Promise<WriteAnswer> {
    return this.webhooks.replay(write, tenant, id, deliveryId);
  }
}
