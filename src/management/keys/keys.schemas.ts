import { SIGNING_ALGORITHM_NAMES } from '../../keys/signing-algorithm.js';
import { type ResourceSchemas, TEXT, TIME, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';
import { RotateKeysDto } from './keys.dto.js';

export function keySchemas(): ResourceSchemas {
  return {
    bodies: [[RotateKeysDto, { alg: 'ES256' }]],
    queries: [],
    answers: {
      Key: objectSchema({
        kid: { ...TEXT, description: 'RFC 7638 thumbprint.' },
        alg: { type: 'string', enum: SIGNING_ALGORITHM_NAMES, description: 'RFC 7518 name of its algorithm.' },
        state: {
          type: 'string',
          enum: ['next', 'current', 'previous'],
          description: 'Published and waiting; signing; kept until its last token has expired.',
        },
        published_at: { ...TIME, description: 'Since when verifiers can know it.' },
        signs_from: { ...orNull(TIME), description: 'When it took over; `null`: it waits.' },
        signs_until: { ...orNull(TIME), description: 'When another one took over; `null`: it signs, or waits.' },
        published_until: { ...orNull(TIME), description: 'When verifiers will not find it any more.' },
        public_jwk: { type: 'object', additionalProperties: true, description: 'RFC 7517; never a private member.' },
      }),
      KeyPage: pageSchema('Key'),
    },
  };
}
