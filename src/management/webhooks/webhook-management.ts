import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { type Delivery, MAX_WEBHOOKS, OVERLAP_HOURS, type Webhook } from '../../webhooks/webhook.js';
import type { Replayed } from '../../webhooks/webhook-deliveries.repository.js';
import { type WebhookWithSecret, WebhooksService } from '../../webhooks/webhooks.service.js';
import { TIME_FORM } from '../kit/instant.js';
import { requireSightOfEvents } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { deliveryView, webhookView } from './webhook.view.js';
import type {
  CreateWebhookDto,
  ListDeliveriesQuery,
  ReplayEventsDto,
  RotateWebhookSecretDto,
  UpdateWebhookDto,
} from './webhooks.dto.js';

/** How long the answer to a test waits for the receiver. */
const WAIT_MS = 20_000;
const POLL_MS = 200;

/** What operators and tenant admins do with webhooks. Whoever decides where events go could read them there. */
@Injectable()
export class WebhookManagement {
  constructor(private readonly service: WebhooksService) {}

  async list(tenant: Tenant, query: PageQuery): Promise<Page<View>> {
    const rows = await this.service.list(tenant.id, { after: positionOf(query, isId), limit: limitOf(query) + 1 });
    return toPage(rows, query, { item: (webhook) => webhookView(webhook), position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<Webhook> {
    const webhook = isId(id) ? await this.service.find(tenant.id, id) : undefined;
    if (!webhook) throw notFound();
    return webhook;
  }

  /** The secret is in the answer, this once and never again. */
  async create(write: ManagementWrite, tenant: Tenant, body: CreateWebhookDto): Promise<WriteAnswer> {
    requireSightOfEvents(write.caller);
    this.refuseUrl(body.url);
    const { url, event_types: eventTypes, description, enabled = true } = body;
    const endpoint = { url, eventTypes: eventTypes ?? [], description: description ?? null, enabled };
    return write.perform<WebhookWithSecret>({
      tenantId: tenant.id,
      change: ({ webhook }) => ({
        type: 'webhook.created',
        target: `webhook:${webhook.id}`,
        body: withoutQuery(body),
        after: recordedView(webhook),
      }),
      answer: ({ webhook, secret }) => write.created(webhook, webhookView(webhook, secret)),
      work: (companion) => this.service.create(tenant.id, endpoint, companion),
      otherwise: () => new Problem('conflict', `A tenant has ${MAX_WEBHOOKS} webhooks at most; delete one first.`),
    });
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateWebhookDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { id, body, ifMatch } = change;
    const known = await this.get(tenant, id);
    requireSightOfEvents(write.caller);
    checkIfMatch(ifMatch, known.version, { needed: Object.keys(body).some((member) => member !== 'enabled') });
    if (body.url !== undefined) this.refuseUrl(body.url);
    const endpoint = {
      url: body.url ?? known.url,
      eventTypes: body.event_types === undefined ? known.event_types : (body.event_types ?? []),
      description: body.description === undefined ? known.description : body.description,
      enabled: body.enabled ?? known.enabled,
      version: known.version,
    };
    return write.perform<Webhook>({
      tenantId: tenant.id,
      change: (webhook) => ({
        type: 'webhook.updated',
        target: `webhook:${id}`,
        body: withoutQuery(body),
        before: recordedView(known),
        after: recordedView(webhook),
      }),
      answer: (webhook) => write.changed(webhook, webhookView(webhook)),
      work: (companion) => this.service.update(tenant.id, id, endpoint, companion),
      otherwise: stale,
    });
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'webhook.deleted', target: `webhook:${id}`, before: recordedView(known) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant.id, id, companion),
      otherwise: notFound,
    });
  }

  /** The new secret is in the answer, this once. While two sign, a third would cut off receivers that know the first. */
  async rotateSecret(
    write: ManagementWrite,
    tenant: Tenant,
    id: string,
    { overlap_hours: given }: RotateWebhookSecretDto,
  ): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    requireSightOfEvents(write.caller);
    const overlapHours = given ?? OVERLAP_HOURS.usual;
    if (overlapHours > 0 && known.previous_until) {
      const until = known.previous_until.toISOString();
      throw new Problem(
        'conflict',
        `The secret of before still signs, until ${until}. Rotate after that, or with overlap_hours 0, which ends it.`,
      );
    }
    return write.perform<WebhookWithSecret>({
      tenantId: tenant.id,
      change: ({ webhook }) => ({
        type: 'webhook.secret_rotated',
        target: `webhook:${id}`,
        details: { overlap_hours: overlapHours },
        before: recordedView(known),
        after: recordedView(webhook),
      }),
      answer: ({ webhook, secret }) => write.changed(webhook, webhookView(webhook, secret)),
      work: (companion) => this.service.rotate(tenant.id, known, overlapHours, companion),
      otherwise: stale,
    });
  }

  /**
   * Sends a message of type webhook.test, and waits for what the receiver says. A repeated Idempotency-Key is answered
   * with the delivery as it was stored.
   */
  async sendTest(write: ManagementWrite, tenant: Tenant, id: string): Promise<WriteAnswer> {
    await this.getEnabled(tenant, id);
    const sent = { id: '' };
    const answer = await write.perform<Delivery>({
      tenantId: tenant.id,
      change: () => ({ type: 'webhook.tested', target: `webhook:${id}` }),
      answer: (delivery) => new WriteAnswer(deliveryView(delivery)),
      work: async (companion) => {
        const delivery = await this.service.sendTest(tenant.id, id, companion);
        sent.id = delivery?.id ?? '';
        return delivery;
      },
      otherwise: notFound,
    });
    const outcome = sent.id === '' ? undefined : await this.outcome(tenant, id, sent.id);
    return outcome ? new WriteAnswer(deliveryView(outcome), answer.headers) : answer;
  }

  async listDeliveries(tenant: Tenant, id: string, query: ListDeliveriesQuery): Promise<Page<View>> {
    await this.get(tenant, id);
    const { state, type } = query;
    const page = { state, type, after: positionOf(query, isId), limit: limitOf(query) + 1 };
    const rows = await this.service.listDeliveries(tenant.id, id, page);
    return toPage(rows, query, { item: deliveryView, position: (delivery) => delivery.id });
  }

  async replay(write: ManagementWrite, tenant: Tenant, id: string, deliveryId: string): Promise<WriteAnswer> {
    const known = isId(id) && isId(deliveryId) && (await this.service.findDelivery(tenant.id, id, deliveryId));
    if (!known) throw notFound();
    requireSightOfEvents(write.caller);
    await this.getEnabled(tenant, id);
    return write.perform<Delivery>({
      tenantId: tenant.id,
      change: () => ({ type: 'webhook.replayed', target: `webhook:${id}`, details: { delivery: deliveryId } }),
      answer: (delivery) => new WriteAnswer(deliveryView(delivery)),
      work: (companion) => this.service.replay(tenant.id, id, deliveryId, companion),
      otherwise: notFound,
    });
  }

  async replaySince(write: ManagementWrite, tenant: Tenant, id: string, body: ReplayEventsDto): Promise<WriteAnswer> {
    await this.getEnabled(tenant, id);
    requireSightOfEvents(write.caller);
    const since = timeOf('since', body.since);
    const until = typeof body.until === 'string' ? timeOf('until', body.until) : new Date();
    if (until <= since) throw invalidMember('until', 'must be after since');
    return write.perform<Replayed>({
      tenantId: tenant.id,
      change: ({ queued }) => ({ type: 'webhook.replayed', target: `webhook:${id}`, body, details: { queued } }),
      answer: ({ queued, goesOnAfter }) => new WriteAnswer({ queued, next_since: goesOnAfter ?? null }),
      work: (companion) => this.service.replaySince(tenant.id, id, { since, until, all: body.all ?? false }, companion),
      otherwise: notFound,
    });
  }

  private refuseUrl(url: string): void {
    const fault = this.service.findUrlFault(url);
    if (fault !== undefined) throw invalidMember('url', fault);
  }

  private async getEnabled(tenant: Tenant, id: string): Promise<void> {
    const { enabled } = await this.get(tenant, id);
    if (!enabled) throw new Problem('conflict', 'The webhook is disabled; set enabled to true first.');
  }

  /** The delivery after its first attempt, or as it is when that takes too long. */
  private async outcome(tenant: Tenant, id: string, deliveryId: string): Promise<Delivery | undefined> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const delivery = await this.service.findDelivery(tenant.id, id, deliveryId);
      const isTried = delivery?.state !== 'queued' || delivery.error !== null;
      if (isTried || performance.now() > deadline) return delivery;
      await delay(POLL_MS);
    }
  }
}

/** Some receivers are told a token there, and the event is sent to other endpoints too. */
function withoutQuery<Body extends { readonly url?: string }>(body: Body): Body {
  return body.url === undefined ? body : { ...body, url: body.url.replace(/\?.*$/s, '') };
}

function recordedView(webhook: Webhook): View {
  return webhookView(withoutQuery(webhook));
}

function timeOf(member: string, text: string): Date {
  const time = new Date(text);
  // An offset that does not exist, for one.
  if (Number.isNaN(time.getTime())) throw invalidMember(member, TIME_FORM);
  return time;
}
