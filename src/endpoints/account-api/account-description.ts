import { ADDRESS_PARTS } from '../../account/profile-input.js';
import { PERSON_EVENTS } from '../../account/person-events.js';
import { ACCOUNT_SCOPES, type AccountScope } from '../../oauth/openid-scopes.js';
import { PROFILE_FIELDS } from '../../tenants/profile-fields.js';
import { ATTRIBUTE_TYPES } from '../../tenants/user-attributes.js';
import { type Operation, type Schema, inPath, inQuery } from './account-operation.js';
import { OWN_CLIENT_OPERATIONS, OWN_CLIENT_SCHEMAS } from './own-clients.description.js';

const text = { type: ['string', 'null'] };
const time = { type: ['string', 'null'], format: 'date-time' };
const object = (properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  ...more,
});
const list = (item: Schema): Schema => object({ data: { type: 'array', items: item } }, { required: ['data'] });
const address = object(Object.fromEntries(ADDRESS_PARTS.map((part) => [part, { type: 'string' }])));
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const profileMembers = Object.fromEntries(
  PROFILE_FIELDS.map((field) => [field, field === 'address' ? { anyOf: [address, { type: 'null' }] } : text]),
);

const attributes = object(
  {},
  {
    description: 'What the tenant defined itself and the person sees, by name.',
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'array', 'null'],
      items: { type: 'string' },
    },
  },
);
const labels = object({}, { additionalProperties: { type: 'string' } });
const definition = object({
  name: { type: 'string' },
  type: { type: 'string', enum: ATTRIBUTE_TYPES },
  labels,
  max_length: { type: 'integer' },
  max_items: { type: 'integer' },
  allowed_values: { type: 'array', items: object({ value: { type: 'string' }, labels }) },
  required: { type: 'boolean', description: 'A value cannot be removed.' },
});

const SCHEMAS: Readonly<Record<string, Schema>> = {
  Profile: object({
    id: { type: 'string', format: 'uuid' },
    username: { type: 'string' },
    ...profileMembers,
    email_verified: { type: 'boolean' },
    phone_number_verified: { type: 'boolean' },
    attributes,
    attribute_definitions: { type: 'array', items: definition, description: 'In the order of the tenant.' },
    editable: {
      type: 'array',
      items: { type: 'string' },
      description: 'What the person may change: members, and `attributes/<name>`.',
    },
  }),
  ProfileChange: object(
    { ...Object.fromEntries(Object.entries(profileMembers).filter(([name]) => name !== 'email')), attributes },
    {
      description: 'JSON Merge Patch; null removes a member.',
    },
  ),
  Sessions: list(
    object({
      id: { type: 'string', format: 'uuid' },
      user_agent: text,
      address: text,
      signed_in_at: time,
      last_seen_at: time,
    }),
  ),
  Applications: list(
    object({
      client_id: { type: 'string' },
      client_name: { type: 'string' },
      allowed_at: time,
      last_used_at: time,
      access: {
        type: 'array',
        items: object({ resource: text, scopes: { type: 'array', items: { type: 'string' } } }),
      },
    }),
  ),
  Events: object({
    data: {
      type: 'array',
      items: object({
        id: { type: 'string', format: 'uuid' },
        type: { type: 'string', enum: PERSON_EVENTS },
        occurred_at: time,
        outcome: { type: 'string', enum: ['success', 'failure'] },
        client_id: text,
        address: text,
        by_administrator: { type: 'boolean' },
      }),
    },
    page: object({ next: text, has_more: { type: 'boolean' } }),
  }),
  EmailChange: object({ email: { type: 'string', format: 'email' } }, { required: ['email'] }),
  EmailChangeBegun: object({ change: { type: 'string', description: 'To be sent back with the code.' } }),
  EmailChangeCode: object({ change: { type: 'string' }, code: { type: 'string' } }, { required: ['change', 'code'] }),
  Deletion: object({
    deletion_scheduled_for: time,
    possible: { type: 'boolean' },
    grace_days: { type: 'integer' },
  }),
  Data: object({}, { description: 'Everything that is held about the person.', additionalProperties: true }),
  ...OWN_CLIENT_SCHEMAS,
  Problem: object({
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  }),
};

/** By path and method; the controllers have a handler for each (a test compares them). */
export const ACCOUNT_OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/profile': {
    get: { summary: 'What the person sees of their profile', scope: 'account:read', answer: 'Profile' },
    patch: { summary: 'Changes it', scope: 'account:write', body: 'ProfileChange', answer: 'Profile' },
  },
  '/sessions': {
    get: { summary: 'Where the person is signed in', scope: 'account:read', answer: 'Sessions' },
    delete: { summary: 'Signs the person out everywhere', scope: 'account:write', status: 204 },
  },
  '/sessions/{session_id}': {
    delete: {
      summary: 'Signs the person out in one browser',
      scope: 'account:write',
      status: 204,
      parameters: [inPath('session_id')],
    },
  },
  '/applications': {
    get: { summary: 'What the person has allowed whom', scope: 'account:read', answer: 'Applications' },
  },
  '/applications/{client_id}': {
    delete: {
      summary: 'Takes back what an application was allowed; its tokens end at once',
      scope: 'account:write',
      status: 204,
      parameters: [inPath('client_id')],
    },
  },
  '/events': {
    get: {
      summary: 'What happened to the account, newest first',
      scope: 'account:read',
      answer: 'Events',
      parameters: [
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
        inQuery('after', { type: 'string' }),
      ],
    },
  },
  '/email-change': {
    post: {
      summary: 'Sends a link and a code to a new e-mail address',
      scope: 'account:write',
      body: 'EmailChange',
      answer: 'EmailChangeBegun',
      status: 202,
      isFresh: true,
    },
  },
  '/email-change/confirm': {
    post: {
      summary: 'Takes the code; the new address counts from then on',
      scope: 'account:write',
      body: 'EmailChangeCode',
      answer: 'Profile',
    },
  },
  '/deletion': {
    get: { summary: 'Whether the account is going to be deleted', scope: 'account:read', answer: 'Deletion' },
    post: { summary: 'Schedules the deletion', scope: 'account:write', answer: 'Deletion', isFresh: true },
    delete: { summary: 'Keeps the account', scope: 'account:write', answer: 'Deletion' },
  },
  ...OWN_CLIENT_OPERATIONS,
  '/data': {
    get: { summary: 'Everything that is held about the person', scope: 'account:read', answer: 'Data', isFresh: true },
  },
};

/** OpenAPI 3.1 of the account API at one of a tenant's addresses. */
export function describeAccountApi(issuer: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenantry account API',
      version: '1',
      description: 'The account of whoever the access token is for. Errors are problems (RFC 9457).',
    },
    servers: [{ url: `${issuer}/account/api` }],
    paths: Object.fromEntries(
      Object.entries(ACCOUNT_OPERATIONS).map(([path, operations]) => [
        path,
        Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, describe(operation)])),
      ]),
    ),
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        account: {
          type: 'oauth2',
          flows: {
            authorizationCode: {
              authorizationUrl: `${issuer}/authorize`,
              tokenUrl: `${issuer}/token`,
              scopes: Object.fromEntries(ACCOUNT_SCOPES.map((scope) => [scope, SCOPE_TEXTS[scope]])),
            },
          },
        },
      },
    },
  };
}

const SCOPE_TEXTS: Readonly<Record<AccountScope, string>> = {
  'account:read': 'See your account: profile, sessions, applications and activity',
  'account:write': 'Change your account, sign you out and withdraw what you allowed',
};

function describe({ summary, scope, answer, status = 200, body, parameters, isFresh = false }: Operation): object {
  const json = (schema: string) => ({ 'application/json': { schema: ref(schema) } });
  const problem = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: ref('Problem') } },
  };
  const freshness =
    'No valid token, or a sign-in that is too old or without the second factor (`insufficient_user_authentication`, RFC 9470)';
  return {
    summary,
    security: [{ account: [scope] }],
    ...(parameters && { parameters }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: { description: summary, ...(answer && { content: json(answer) }) },
      '401': isFresh ? { ...problem, description: freshness } : problem,
      default: problem,
    },
  };
}
