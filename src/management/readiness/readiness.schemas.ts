import { type ResourceSchemas, TEXT, URI, objectSchema } from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';

const CHECKS = [
  'status',
  'addresses',
  'keys',
  'mail',
  'administrator',
  'client',
  'redirect_uris',
  'branding',
  'grants',
];

export function readinessSchemas(): ResourceSchemas {
  const check = objectSchema({
    name: { type: 'string', enum: CHECKS, description: 'What was looked at.' },
    state: {
      type: 'string',
      enum: ['ok', 'warning', 'missing'],
      description: '`missing` keeps people from signing in, or the tenant from being managed.',
    },
    detail: { ...TEXT, description: 'What was found. For each name and state that is not `ok` it is one sentence.' },
    values: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'What `detail` names, such as `clients`, for those who say it in other words.',
    },
    action: { ...orNull(TEXT), description: 'What to do.' },
    link: { ...URI, description: 'The resource of the management API where it is done.' },
  });
  return {
    bodies: [],
    queries: [],
    answers: {
      Readiness: objectSchema({
        ready: { type: 'boolean', description: 'Nothing is missing.' },
        checks: { type: 'array', items: check, description: 'In the order in which to do them.' },
      }),
    },
  };
}
