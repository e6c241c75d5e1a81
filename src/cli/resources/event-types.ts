import type { Resource } from './resource.js';

export const eventTypes: Resource = {
  noun: 'event-types',
  one: 'event type',
  summary: 'what the audit log and webhooks can tell',
  argument: 'type',
  idMember: 'type',
  list: {
    summary: 'list the types of events',
    columns: [
      ['TYPE', 'type'],
      ['OUTCOMES', 'outcomes'],
      ['WHEN', 'description'],
    ],
  },
  show: false,
};
