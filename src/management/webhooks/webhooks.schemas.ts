import { DELIVERY_STATES, DISABLED_REASONS } from '../../webhooks/webhook.js';
import {
  EXAMPLE_TIME,
  type ResourceSchemas,
  TEXT,
  TEXTS,
  TIME,
  TIMES,
  UUID,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import { type Schema, orNull } from '../schema/schema.js';
import {
  CreateWebhookDto,
  ListDeliveriesQuery,
  ReplayEventsDto,
  RotateWebhookSecretDto,
  UpdateWebhookDto,
} from './webhooks.dto.js';

const CREATED = { url: 'https://hooks.acme.example/tenantry', event_types: ['user.*', 'client.created'] };

export function webhookSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateWebhookDto, CREATED],
      [UpdateWebhookDto, { enabled: true }],
      [RotateWebhookSecretDto, { overlap_hours: 24 }],
      [ReplayEventsDto, { since: EXAMPLE_TIME }],
    ],
    queries: [ListDeliveriesQuery],
    answers: {
      Webhook: objectSchema(webhookMembers()),
      WebhookWithSecret: objectSchema({
        ...webhookMembers(),
        secret: {
          ...TEXT,
          description: 'Verifies signatures. It is shown this once.',
          examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
        },
      }),
      WebhookPage: pageSchema('Webhook'),
      WebhookDelivery: delivery(),
      WebhookDeliveryPage: pageSchema('WebhookDelivery'),
      WebhookReplay: objectSchema({
        queued: { type: 'integer', description: 'How many events are sent.' },
        next_since: {
          ...orNull(TIME),
          description: 'There are more: send the request again with this as `since`.',
        },
      }),
    },
  };
}

function webhookMembers(): Record<string, Schema> {
  return {
    id: { ...UUID, description: 'It stays when members change.' },
    url: { ...TEXT, description: 'Where events are sent.' },
    event_types: { ...TEXTS, description: 'What is sent. Empty: every event.' },
    description: { ...orNull(TEXT), description: 'What it is for.' },
    enabled: { type: 'boolean', description: 'Whether events are sent.' },
    disabled_reason: {
      enum: [...DISABLED_REASONS, null],
      description:
        'Why the platform disabled it: the receiver answered 410, or took nothing for three days. null: it did not.',
    },
    failing_since: { ...orNull(TIME), description: 'When attempts began to fail.' },
    previous_secret_until: { ...orNull(TIME), description: 'Until when the secret of before signs too.' },
    ...TIMES,
  };
}

function delivery(): Schema {
  return objectSchema({
    id: { ...UUID, description: 'Of the event; the receiver gets it as `webhook-id`.' },
    type: { ...TEXT, description: 'Type of the event, or `webhook.test`.', examples: ['user.created'] },
    occurred_at: { ...TIME, description: 'When the event happened.' },
    state: { type: 'string', enum: DELIVERY_STATES, description: 'It waits; the receiver took it; it was given up.' },
    attempts: { type: 'integer', description: 'Attempts that were begun.' },
    status: { type: ['integer', 'null'], description: 'HTTP status of the last answer.' },
    error: { ...orNull(TEXT), description: 'Why the last attempt failed.' },
    next_attempt_at: { ...orNull(TIME), description: 'When the next attempt is due, while it waits.' },
    created_at: { ...TIME, description: 'When it was queued.' },
    ended_at: { ...orNull(TIME), description: 'When it was taken or given up.' },
  });
}
