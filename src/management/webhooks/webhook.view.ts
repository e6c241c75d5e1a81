import type { Delivery, Webhook } from '../../webhooks/webhook.js';
import type { View } from '../kit/view.js';

/** Its secret is shown when it is made, and never again. */
export function webhookView(webhook: Webhook, secret?: string): View {
  const { id, url, event_types, description, enabled, disabled_reason, failing_since, created_at, updated_at } =
    webhook;
  return {
    id,
    url,
    event_types,
    description,
    enabled,
    disabled_reason,
    failing_since,
    previous_secret_until: webhook.previous_until,
    ...(secret !== undefined && { secret }),
    created_at,
    updated_at,
  };
}

export function deliveryView(delivery: Delivery): View {
  return {
    id: delivery.id,
    type: delivery.type,
    occurred_at: delivery.occurred_at,
    state: delivery.state,
    attempts: delivery.attempts,
    status: delivery.status,
    error: delivery.error,
    next_attempt_at: delivery.state === 'queued' ? delivery.due_at : null,
    created_at: delivery.created_at,
    ended_at: delivery.ended_at,
  };
}
