import { type ResourceSchemas, TEXT, TIME, objectSchema } from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';

export function factorSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [],
    answers: {
      UserFactors: objectSchema({
        data: {
          type: 'array',
          description: 'What is set up.',
          items: objectSchema({
            factor: { ...TEXT, description: 'Names the factor when it is reset.', examples: ['totp'] },
            created_at: { ...orNull(TIME), description: 'When it was set up, where that is known.' },
            codes_left: { type: ['integer', 'null'], description: 'Of recovery codes: how many are left.' },
          }),
        },
        remembered_browsers: {
          type: 'integer',
          description: 'How many browsers are not asked for the second factor.',
        },
      }),
    },
  };
}
