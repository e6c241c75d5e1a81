import {
  EXAMPLE_ID,
  type ResourceSchemas,
  TEXT,
  TIME,
  UUID,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';
import { ListAuditEventsQuery } from './audit-events.query.js';

export function auditEventSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [ListAuditEventsQuery],
    answers: {
      AuditEvent: objectSchema({
        id: { ...UUID, description: 'Ordered by time.' },
        occurred_at: TIME,
        type: { ...TEXT, examples: ['client.created', 'user.signed_in', 'token.refused'] },
        outcome: { type: 'string', enum: ['success', 'failure'] },
        actor: { type: ['string', 'null'], examples: ['client:operator@system', `user:${EXAMPLE_ID}@acme`] },
        client_id: orNull(TEXT),
        user_id: orNull(UUID),
        target: { type: ['string', 'null'], description: 'What it was done to: `<resource>:<id>`.' },
        address: { type: ['string', 'null'], description: 'The caller’s IP address.' },
        request_id: orNull(TEXT),
        details: { type: ['object', 'null'], additionalProperties: true, description: 'Never a secret or a token.' },
      }),
      AuditEventPage: pageSchema('AuditEvent'),
    },
  };
}
