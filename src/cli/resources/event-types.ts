import type { Resource } from './resource.js';

export const eventTypes: Resource = {
  noun: 'event-types',
  operations: { list: 'listEventTypes' },
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
};
