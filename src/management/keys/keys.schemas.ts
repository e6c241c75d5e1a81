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
        alg: { type: 'string', enum: SIGNING_ALGORITHM_NAMES },
        state: {
          type: 'string',
          enum: ['next', 'current', 'previous'],
          description: 'Published and waiting; signing; kept until its last token has expired.',
        },
        published_at: TIME,
        signs_from: orNull(TIME),
        signs_until: orNull(TIME),
        published_until: orNull(TIME),
        public_jwk: { type: 'object', additionalProperties: true, description: 'RFC 7517; never a private member.' },
      }),
      KeyPage: pageSchema('Key'),
    },
  };
}
