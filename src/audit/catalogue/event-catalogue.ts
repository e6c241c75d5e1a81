import { DELIVERY_EVENTS } from './delivery-events.js';
import { DEVELOPER_EVENTS } from './developer-events.js';
import type { EventDescription } from './event-description.js';
import { MANAGEMENT_EVENTS } from './management-events.js';
import { PEOPLE_EVENTS } from './people-events.js';
import { PROTOCOL_EVENTS } from './protocol-events.js';

/** For the documentation: titles, and the events below them. */
export const EVENT_GROUPS = [
  ['People', PEOPLE_EVENTS],
  ['OAuth 2.0 and OpenID Connect', PROTOCOL_EVENTS],
  ['Management', MANAGEMENT_EVENTS],
  ['Clients of developers', DEVELOPER_EVENTS],
  ['Mail, webhooks and limits', DELIVERY_EVENTS],
] as const;

/**
 * THE LIST of events. What is not in it cannot be recorded. The documentation, `GET .../event-types` and the filters of
 * webhooks are made from it, and the tests compare every event that any of them records with it.
 */
const EVENTS = {
  ...PEOPLE_EVENTS,
  ...PROTOCOL_EVENTS,
  ...MANAGEMENT_EVENTS,
  ...DEVELOPER_EVENTS,
  ...DELIVERY_EVENTS,
} as const;

/** `resource.action`. */
export type AuditEventType = keyof typeof EVENTS;

export const EVENT_CATALOGUE: ReadonlyMap<string, EventDescription> = new Map(Object.entries(EVENTS));
