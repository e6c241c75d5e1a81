import { PROBLEM_KINDS, type ProblemKind } from '../kit/problem.js';
import { type Schema, refTo } from '../schema/schema.js';

const TEXT: Schema = { type: 'string' };

/** RFC 9457. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  properties: {
    type: { ...TEXT, format: 'uri', description: 'The kind of problem; a name, not an address.' },
    title: TEXT,
    status: { type: 'integer' },
    detail: { ...TEXT, description: 'What to change, for the developer who reads it.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { ...TEXT, description: 'JSON Pointer (RFC 6901) to the member of the body.' },
          parameter: { ...TEXT, description: 'Name of the query parameter or header.' },
          detail: TEXT,
        },
        required: ['detail'],
      },
    },
    request_id: { ...TEXT, description: 'Find the request in the logs with it.' },
  },
  required: ['type', 'title', 'status'],
};

const HEADERS: { readonly [Kind in ProblemKind]?: Readonly<Record<string, object>> } = {
  'authentication-required': { 'WWW-Authenticate': { description: 'RFC 6750.', schema: TEXT } },
  'permission-denied': { 'WWW-Authenticate': { description: 'RFC 6750: the scope that is missing.', schema: TEXT } },
  unavailable: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
};

const EXAMPLES: { readonly [Kind in ProblemKind]?: object } = {
  'validation-failed': {
    detail: 'slug must be 1 to 63 lower-case letters, digits and inner hyphens',
    errors: [{ pointer: '/slug', detail: 'slug must be 1 to 63 lower-case letters, digits and inner hyphens' }],
  },
  conflict: { detail: 'slug is taken.', errors: [{ pointer: '/slug', detail: 'is taken' }] },
};

/** The two kinds of 400 share one response, and nobody plans for a 500. */
const NOT_DESCRIBED: readonly ProblemKind[] = ['malformed-request', 'internal-error'];

/** One response for each status, named by its kind. */
export function problemResponses(): Readonly<Record<string, object>> {
  const kinds = (Object.keys(PROBLEM_KINDS) as ProblemKind[]).filter((kind) => !NOT_DESCRIBED.includes(kind));
  return Object.fromEntries(kinds.map((kind) => [kind, problemResponse(kind)]));
}

function problemResponse(kind: ProblemKind): object {
  const [status, title] = PROBLEM_KINDS[kind];
  const example = { type: `urn:tenantry:problem:${kind}`, title, status, ...EXAMPLES[kind], request_id: 'b1c2d3e4' };
  return {
    description: title,
    ...(HEADERS[kind] && { headers: HEADERS[kind] }),
    content: { 'application/problem+json': { schema: refTo('Problem'), example } },
  };
}
