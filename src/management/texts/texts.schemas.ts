import { LOCALES } from '../../language/messages.js';
import { type ResourceSchemas, TEXT, TEXTS, objectSchema, pageSchema } from '../schema/answer-schema.js';
import type { Schema } from '../schema/schema.js';
import { ListTextsQuery, UpdateTextsDto } from './texts.dto.js';

const LOCALE: Schema = { type: 'string', enum: [...LOCALES], description: 'The language.' };

export function textSchemas(): ResourceSchemas {
  return {
    bodies: [[UpdateTextsDto, { texts: { 'signIn.title': 'Welcome to {tenant}', 'signIn.submit': null } }]],
    queries: [ListTextsQuery],
    answers: {
      Text: objectSchema({
        key: { ...TEXT, description: 'The name of the text.', examples: ['signIn.title'] },
        locale: LOCALE,
        default: { ...TEXT, description: 'Ours, as an ICU message.' },
        override: { type: ['string', 'null'], description: 'What the tenant wrote in its place.' },
        placeholders: { ...TEXTS, description: 'Values that the text can name, as `{name}`.' },
        tags: { ...TEXTS, description: 'Elements that the text can have, as `<name>…</name>`.' },
      }),
      TextPage: pageSchema('Text'),
      OwnTexts: objectSchema({
        locale: LOCALE,
        texts: {
          type: 'object',
          additionalProperties: TEXT,
          description: 'By key: what the tenant wrote itself.',
        },
      }),
    },
  };
}
