import { type ResourceSchemas, TIME, UUID, objectSchema } from '../schema/answer-schema.js';

export function sessionSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [],
    answers: {
      UserSessions: objectSchema({
        data: {
          type: 'array',
          description: 'The sessions that have not ended.',
          items: objectSchema({
            id: { ...UUID, description: 'Names the session when it is ended; the `sid` of its ID tokens.' },
            user_agent: { type: ['string', 'null'], description: 'What its browser says it is (RFC 9110 §10.1.5).' },
            address: { type: ['string', 'null'], description: 'The network address of the last sign-in.' },
            signed_in_at: { ...TIME, description: 'When the person last signed in with it.' },
            last_seen_at: { ...TIME, description: 'When it was last used, to the minute.' },
          }),
        },
      }),
    },
  };
}
