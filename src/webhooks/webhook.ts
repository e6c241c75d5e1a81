import { EVENT_CATALOGUE } from '../audit/catalogue/event-catalogue.js';

/** Endpoints that one tenant may have. */
export const MAX_WEBHOOKS = 20;
export const MAX_EVENT_TYPES = 100;

/** A type of the catalogue, or `user.*` for all events of a resource that has some. */
export function isEventFilter(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const resource = value.endsWith('.*') ? value.slice(0, -1) : undefined;
  return resource === undefined
    ? EVENT_CATALOGUE.has(value)
    : [...EVENT_CATALOGUE.keys()].some((type) => type.startsWith(resource));
}

/** The type of what `POST .../test` sends. It is no event of the log. */
export const TEST_TYPE = 'webhook.test';

/** How long both secrets sign after a rotation, in hours. */
export const OVERLAP_HOURS = { least: 0, usual: 24, greatest: 168 };

export const DISABLED_REASONS = ['gone', 'failing'] as const;
export const DELIVERY_STATES = ['queued', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An endpoint without its secrets. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Empty: every event. */
  readonly event_types: readonly string[];
  readonly enabled: boolean;
  /** Why the platform disabled it; null when a person did. */
  readonly disabled_reason: (typeof DISABLED_REASONS)[number] | null;
  readonly failing_since: Date | null;
  /** Until when the secret of before signs too. */
  readonly previous_until: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly endpoint_id: string;
  readonly type: string;
  readonly occurred_at: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly due_at: Date;
  readonly status: number | null;
  readonly error: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}
