import { PROBLEM_KINDS, type ProblemKind } from '../kit/problem.js';
import { type Schema, refTo } from '../schema/schema.js';

const TEXT: Schema = { type: 'string' };

/** What each kind means and what to do about it. */
const MEANINGS: { readonly [Kind in ProblemKind]: string } = {
  'malformed-request': 'The body is not JSON, or the request is not HTTP as it should be. Send it as it is described.',
  'validation-failed':
    'A member, parameter or header is missing, unknown or has a wrong value. `errors` names each of them.',
  'authentication-required':
    'There is no access token, it has expired or ended, or it is for another audience. Get another one.',
  'permission-denied': 'The access token lacks a scope, which `detail` names, or only operators may do this.',
  'access-grant-required':
    'An operator reaches into the people or secrets of a tenant only while an access grant of the tenant lets them. `detail` says how to get one, `operator_access` what the tenant decided.',
  'not-found': 'There is no such thing, or it belongs to a tenant that the caller may not manage.',
  conflict:
    'The identifier is taken, or the state of the resource forbids it; `detail` says which. Another request may succeed.',
  'quota-exceeded':
    'The tenant has as many of `quota` as it may. Operators can raise the limit; deleting something makes room too.',
  'cursor-expired':
    'The events after the cursor are not kept any more, or it is not a cursor of this log. Note that events were missed, and go on with `next`.',
  'version-mismatch':
    'Somebody changed the resource since it was read. Read it again and repeat the change on what is there.',
  'body-too-large': 'The body is larger than anything that is taken here.',
  'unsupported-media-type': 'Send the body as `application/json`, a change also as `application/merge-patch+json`.',
  'key-reused': 'The same Idempotency-Key came with another request before. Use a new key for each request.',
  'version-required': 'Send `If-Match` with the ETag of the version that was read, so that nobody’s change is lost.',
  'too-many-requests':
    'A limit is reached, such as that of mails to one recipient; `detail` says which. Send it again after `Retry-After` seconds.',
  unavailable: 'The database or a worker is busy. Send the same request again after `Retry-After` seconds.',
  'internal-error': 'A fault of the platform. Its log has the cause under `request_id`.',
};

const NAMES = Object.keys(PROBLEM_KINDS) as ProblemKind[];
const typeOf = (kind: ProblemKind) => `urn:tenantry:problem:${kind}`;

/** RFC 9457. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: {
      ...TEXT,
      format: 'uri',
      enum: NAMES.map(typeOf),
      description: [
        'The kind of problem; a name, not an address.',
        ...NAMES.map((kind) => `- \`${typeOf(kind)}\` (${PROBLEM_KINDS[kind][0]}): ${MEANINGS[kind]}`),
      ].join('\n'),
    },
    title: { ...TEXT, description: 'The kind in words; the same for all problems of the kind.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { ...TEXT, description: 'What to change, for the developer who reads it.' },
    errors: {
      type: 'array',
      description: 'What is wrong with each member or parameter.',
      items: {
        type: 'object',
        properties: {
          pointer: { ...TEXT, description: 'JSON Pointer (RFC 6901) to the member of the body.' },
          parameter: { ...TEXT, description: 'Name of the query parameter or header.' },
          detail: { ...TEXT, description: 'What is allowed there.' },
        },
        required: ['detail'],
      },
    },
    quota: { ...TEXT, description: 'Of `quota-exceeded`: what there is too much of.' },
    limit: { type: 'integer', description: 'Of `quota-exceeded`: how many the tenant may have.' },
    contrast: {
      $ref: '#/components/schemas/BrandingContrast',
      description: 'Of a branding that was not published: the colours that cannot be read.',
    },
    used: { type: 'integer', description: 'Of `quota-exceeded`: how many it has.' },
    reach: { ...TEXT, description: 'Of `access-grant-required`: what the grant has to be for.' },
    level: { ...TEXT, description: 'Of `access-grant-required`: `read` or `write`.' },
    operator_access: { ...TEXT, description: 'Of `access-grant-required`: the policy of the tenant.' },
    missed: {
      type: ['integer', 'null'],
      description: 'Of `cursor-expired`: how many events the caller has missed; null when it is not known.',
    },
    next: { ...TEXT, description: 'Of `cursor-expired`: the cursor at which the log goes on.' },
    request_id: { ...TEXT, description: 'Find the request in the logs with it.' },
  },
  required: ['type', 'title', 'status'],
};

const HEADERS: { readonly [Kind in ProblemKind]?: Readonly<Record<string, object>> } = {
  'authentication-required': { 'WWW-Authenticate': { description: 'RFC 6750.', schema: TEXT } },
  'permission-denied': { 'WWW-Authenticate': { description: 'RFC 6750: the scope that is missing.', schema: TEXT } },
  'too-many-requests': {
    'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } },
    'RateLimit-Policy': { description: 'The limit of the tenant, where that is what is reached.', schema: TEXT },
    RateLimit: { description: 'What is left of it, and in how many seconds there is more.', schema: TEXT },
  },
  unavailable: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
};

const EXAMPLES: { readonly [Kind in ProblemKind]?: object } = {
  'validation-failed': {
    detail: 'slug must be 1 to 63 lower-case letters, digits and inner hyphens',
    errors: [{ pointer: '/slug', detail: 'slug must be 1 to 63 lower-case letters, digits and inner hyphens' }],
  },
  conflict: { detail: 'slug is taken.', errors: [{ pointer: '/slug', detail: 'is taken' }] },
};

/** The two kinds of 400 share one response, and so do those of 403 and 409; nobody plans for a 500. */
const NOT_DESCRIBED: readonly ProblemKind[] = [
  'malformed-request',
  'access-grant-required',
  'quota-exceeded',
  'internal-error',
];

/** One response for each status, named by its kind. */
export function problemResponses(): Readonly<Record<string, object>> {
  const kinds = NAMES.filter((kind) => !NOT_DESCRIBED.includes(kind));
  return Object.fromEntries(kinds.map((kind) => [kind, problemResponse(kind)]));
}

function problemResponse(kind: ProblemKind): object {
  const [status, title] = PROBLEM_KINDS[kind];
  const example = { type: typeOf(kind), title, status, ...EXAMPLES[kind], request_id: 'b1c2d3e4' };
  return {
    description: `${title}. ${MEANINGS[kind]}`,
    ...(HEADERS[kind] && { headers: HEADERS[kind] }),
    content: { 'application/problem+json': { schema: refTo('Problem'), example } },
  };
}
