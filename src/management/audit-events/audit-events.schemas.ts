import {
  EXAMPLE_ID,
  type ResourceSchemas,
  TEXT,
  TIME,
  UUID,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import { orNull, refTo } from '../schema/schema.js';
import {
  ExportAuditEventsQuery,
  ListAuditEventsQuery,
  PullAuditEventsQuery,
  StreamAuditEventsQuery,
} from './audit-events.query.js';

export function auditEventSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [ListAuditEventsQuery, PullAuditEventsQuery, StreamAuditEventsQuery, ExportAuditEventsQuery],
    answers: {
      AuditEvent: objectSchema({
        id: { ...UUID, description: 'Ordered by time.' },
        occurred_at: { ...TIME, description: 'When it happened.' },
        type: {
          ...TEXT,
          description: 'What happened.',
          examples: ['client.created', 'user.signed_in', 'token.refused'],
        },
        outcome: { type: 'string', enum: ['success', 'failure'], description: 'Whether it was done or refused.' },
        actor: {
          type: ['string', 'null'],
          description: 'Who did it: a user or client, and the tenant of its token.',
          examples: ['client:operator@system', `user:${EXAMPLE_ID}@acme`],
        },
        client_id: { ...orNull(TEXT), description: 'The client it concerns.' },
        user_id: { ...orNull(UUID), description: 'The user it concerns.' },
        target: { type: ['string', 'null'], description: 'What it was done to: `<resource>:<id>`.' },
        address: { type: ['string', 'null'], description: 'The caller’s IP address.' },
        request_id: { ...orNull(TEXT), description: 'The request that did it, as in the log of requests.' },
        details: {
          type: ['object', 'null'],
          additionalProperties: true,
          description: 'What else is known, by the type of the event. Never a secret or a token.',
        },
      }),
      AuditEventPage: pageSchema('AuditEvent'),
      PulledAuditEvents: objectSchema({
        data: {
          type: 'array',
          items: refTo('AuditEvent'),
          description: 'The oldest first, in the order of the chain.',
        },
        page: objectSchema(
          {
            next: { ...TEXT, description: 'The cursor for `after`; also when there is nothing new.' },
            has_more: { type: 'boolean', description: 'There is more already. Without it ask again in a while.' },
          },
          { description: 'Where to go on.' },
        ),
      }),
      AuditEventMessage: {
        type: 'string',
        description:
          'A message of the stream (Server-Sent Events). `id` is a cursor and `data` an AuditEvent as JSON. A message of ' +
          'the type `end` says with `reason` why the stream ends. docs/audit-log.md says more.',
        examples: [`id: MS40Mi4\ndata: {"id":"${EXAMPLE_ID}"}\n\n`],
      },
      EventType: objectSchema({
        type: { ...TEXT, description: 'As `type` of an event has it.', examples: ['user.signed_in'] },
        description: { ...TEXT, description: 'What has happened when it is recorded.' },
        outcomes: {
          type: 'array',
          items: { type: 'string', enum: ['success', 'failure'] },
          description: 'What `outcome` can be.',
        },
        targets: {
          type: 'array',
          items: { type: 'string' },
          description: 'What stands before the colon of `target`, where the event has one.',
          examples: [['client']],
        },
        details: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description:
            'Members of `details`, and what they hold. Each may be missing. The event of a change has the members of ' +
            'the request by their own names too.',
          examples: [{ amr: 'how (RFC 8176)' }],
        },
      }),
      EventTypePage: pageSchema('EventType'),
      AuditLogLine: {
        type: 'object',
        description:
          'A line of an exported log. The first is of kind `log` and the last of kind `end`; between them are `event`, ' +
          '`checkpoint` and `unsealed`. docs/audit-log.md says what each holds.',
        required: ['kind'],
        properties: {
          kind: {
            type: 'string',
            enum: ['log', 'event', 'checkpoint', 'unsealed', 'end'],
            description: 'What the line holds.',
          },
        },
        additionalProperties: true,
        examples: [{ kind: 'end', last_seq: 42, has_more: false }],
      },
    },
  };
}
