import { type ResourceSchemas, TEXT, TEXTS, TIMES, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { ListConsentsQuery } from './consents.dto.js';

export function consentSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [ListConsentsQuery],
    answers: {
      Consent: objectSchema({
        id: UUID,
        user_id: UUID,
        client_id: TEXT,
        resource: { type: ['string', 'null'], description: '`null`: the scopes of OpenID Connect itself.' },
        scopes: TEXTS,
        ...TIMES,
      }),
      ConsentPage: pageSchema('Consent'),
    },
  };
}
