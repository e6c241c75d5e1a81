import { type ResourceSchemas, TEXT, TEXTS, TIMES, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { ListConsentsQuery } from './consents.dto.js';

export function consentSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [ListConsentsQuery],
    answers: {
      Consent: objectSchema({
        id: { ...UUID, description: 'Names the consent when it is withdrawn.' },
        user_id: { ...UUID, description: 'Who allowed it.' },
        client_id: { ...TEXT, description: 'The client that was allowed it.' },
        resource: {
          type: ['string', 'null'],
          description: 'The API whose scopes they are; `null`: the scopes of OpenID Connect itself.',
        },
        scopes: { ...TEXTS, description: 'What was allowed.' },
        declined_scopes: { ...TEXTS, description: 'Optional scopes of the client that the user left out.' },
        ...TIMES,
      }),
      ConsentPage: pageSchema('Consent'),
    },
  };
}
