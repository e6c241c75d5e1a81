import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { MANAGEMENT_SCOPES } from '../../resources/management-api.js';
import { IDEMPOTENCY_KEY } from '../kit/idempotency-key.js';
import { deprecationText } from '../schema/deprecation.js';
import { PROBLEM_KINDS, type ProblemKind } from '../kit/problem.js';
import { componentSchemas, querySchemas } from './components.js';
import type { DescribedEndpoint } from '../kit/endpoint.decorator.js';
import { EXTENSION } from './find-routes.js';
import { PROBLEM_SCHEMA, problemResponses } from './problem-responses.js';
import { type Schema, present, refTo } from '../schema/schema.js';

const TEXT: Schema = { type: 'string' };
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  tenant: 'The tenant’s id or slug.',
  client_id: 'The client’s identifier.',
  secret_id: 'The id of one of the client’s secrets.',
  user_id: 'The user’s id, which is the `sub` of its tokens.',
  api_id: 'The API’s id.',
  kid: 'The id of a signing key.',
  deletion: 'The id of the deletion of a tenant.',
  factor: 'The second factor, as it is named in the list.',
  consent_id: 'The consent’s id.',
  invitation_id: 'The invitation’s id.',
  access_grant_id: 'The access grant’s id.',
  setup_link_id: 'The setup link’s id.',
  mail_id: 'The mail’s id.',
  webhook_id: 'The webhook’s id.',
  registration_id: 'The id of the registration of a client by a developer.',
  group_id: 'The group’s id.',
  api_role_id: 'The id of the API role.',
  attribute: 'The name of the attribute.',
  domain: 'The name of the domain.',
  slug: 'The slug that the tenant had.',
  delivery_id: 'The delivery’s id, which is that of its event.',
  passkey_id: 'The passkey’s id.',
  session_id: 'The session’s id.',
  role: 'The name of a role.',
  template: 'The name of a policy template.',
  locale: 'The language, such as `de`.',
  number: 'The number of the version.',
  library: 'The library, as the list of snippets names it.',
};
const PARAMETERS = {
  IfMatch: headerParameter('If-Match', 'The ETag of the version that is meant; `*` for whichever it is.'),
  LastEventId: headerParameter(
    'Last-Event-ID',
    'The `id` of the last event that arrived, before the connection was lost. It counts more than `after`.',
  ),
  IfNoneMatch: headerParameter('If-None-Match', 'The ETag of the version that is known already.'),
  IdempotencyKey: headerParameter(
    'Idempotency-Key',
    'Makes it safe to send the request again: the same key is answered as it was the first time, for a day.',
    { ...TEXT, pattern: IDEMPOTENCY_KEY.source },
  ),
};
const DEPRECATION_HEADERS = {
  Deprecation: {
    description: 'The request uses what goes away, since this moment (RFC 9745). `Link` says what it is.',
    schema: TEXT,
  },
  Sunset: { description: 'Until when that works at least (RFC 8594).', schema: TEXT },
};
const HEADERS = {
  ETag: { description: 'The version, for If-Match.', schema: TEXT },
  Location: { description: 'The address of what was made.', schema: { type: 'string', format: 'uri-reference' } },
};

type Operation = Readonly<Record<string, unknown>>;

/** The document without its security scheme, which depends on who asks. */
export interface ApiDocument {
  readonly paths: object;
  readonly components: object;
}

/** The routes that were found, with everything that is known of them. */
export function describeApi(found: OpenAPIObject): ApiDocument {
  const schemas = componentSchemas();
  const deprecating = namesWithDeprecated(schemas);
  const describing = (path: string, item: object) => describePath(path, item, deprecating);
  const entries = Object.entries(found.paths).map(([path, item]) => [path, describing(path, item)] as const);
  const paths = Object.fromEntries(entries);
  const tellsOfDeprecation = JSON.stringify(paths).includes(headerRef('Deprecation').Deprecation.$ref);
  return {
    ...found,
    paths,
    components: {
      schemas: { ...schemas, Problem: PROBLEM_SCHEMA },
      parameters: PARAMETERS,
      headers: { ...HEADERS, ...(tellsOfDeprecation && DEPRECATION_HEADERS) },
      responses: problemResponses(),
    },
  };
}

/** @param tenant slug of the tenant at which the caller signs in */
export function securityScheme(publicUrl: string, tenant: string): object {
  const issuer = `${publicUrl}/t/${tenant}`;
  const scopes = Object.fromEntries(MANAGEMENT_SCOPES.map(({ name, description }) => [name, description]));
  const whose =
    tenant === SYSTEM_TENANT_SLUG
      ? `Here operators sign in, at tenant ${SYSTEM_TENANT_SLUG}. For the administrators of a tenant, read this document ` +
        'with `?tenant=` and its slug.'
      : `Here administrators of the tenant ${tenant} sign in, at their tenant: with a client that has the permission, such ` +
        'as `tenantry-cli`, which `npx tenantry tenants create --admin` makes.';
  return {
    type: 'oauth2',
    description: `Access tokens for the audience ${publicUrl}/api. ${whose}`,
    flows: {
      clientCredentials: { tokenUrl: `${issuer}/token`, scopes },
      authorizationCode: {
        authorizationUrl: `${issuer}/authorize`,
        tokenUrl: `${issuer}/token`,
        refreshUrl: `${issuer}/token`,
        scopes,
      },
    },
  };
}

function describePath(path: string, item: object, deprecating: ReadonlySet<string>): object {
  const operations = Object.entries(item as Record<string, Operation>);
  return Object.fromEntries(
    operations.map(([method, operation]) => [method, describe(path, method, operation, deprecating)]),
  );
}

function describe(
  path: string,
  method: string,
  { [EXTENSION]: extension, ...operation }: Operation,
  deprecating: ReadonlySet<string>,
): object {
  const endpoint = extension as DescribedEndpoint | undefined;
  if (!endpoint) throw new Error(`${method} ${path} has no @Endpoint().`);
  const { operationId, summary, tags } = operation;
  return {
    operationId,
    summary,
    // Nest adds them anew to the same list for every application of a process.
    tags: [...new Set(tags as readonly string[])],
    ...(endpoint.deprecated && { description: deprecationText(endpoint.deprecated), deprecated: true }),
    security: [endpoint.scope, endpoint.narrowerScope].flatMap((scope) => (scope ? [{ management: [scope] }] : [])),
    parameters: parametersOf(path, method, endpoint),
    ...(endpoint.body && { requestBody: requestBody(method, endpoint.body) }),
    responses: responsesOf(path, method, { ...endpoint, mayUseDeprecated: mayUseDeprecated(endpoint, deprecating) }),
  };
}

function parametersOf(path: string, method: string, endpoint: DescribedEndpoint): object[] {
  const { query, versioned } = endpoint;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name],
    schema: TEXT,
  }));
  const inQuery = Object.entries(query === undefined ? {} : (querySchemas()[query] ?? {})).map(([name, schema]) => {
    const { description, deprecated, ...rest } = present(schema);
    return {
      name,
      in: 'query',
      ...(description !== undefined && { description }),
      ...(deprecated && { deprecated }),
      schema: rest,
    };
  });
  const inHeader = [
    ...(method === 'post' ? ['IdempotencyKey'] : []),
    ...(versioned && method === 'get' ? ['IfNoneMatch'] : []),
    ...(takesVersion(method, endpoint) ? ['IfMatch'] : []),
    ...(endpoint.mediaType === 'text/event-stream' ? ['LastEventId'] : []),
  ];
  return [...inPath, ...inQuery, ...inHeader.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

/** A patch may also be sent under its own media type (RFC 7396); one without a body changes nothing. */
function requestBody(method: string, body: string): object {
  const types = method === 'patch' ? ['application/merge-patch+json', 'application/json'] : ['application/json'];
  const content = Object.fromEntries(types.map((type) => [type, { schema: refTo(body) }]));
  return { required: body.startsWith('Create'), content };
}

function responsesOf(
  path: string,
  method: string,
  endpoint: DescribedEndpoint & { readonly mayUseDeprecated: boolean },
): object {
  const { answer, dryRunAnswer, status, creates, versioned, mediaType = 'application/json' } = endpoint;
  const schema = dryRunAnswer && answer ? { anyOf: [refTo(answer), refTo(dryRunAnswer)] } : answer && refTo(answer);
  const headers = {
    ...(creates && headerRef('Location')),
    ...(versioned && answer && method !== 'delete' && headerRef('ETag')),
    ...(endpoint.mayUseDeprecated && { ...headerRef('Deprecation'), ...headerRef('Sunset') }),
  };
  const success = {
    description: answer === undefined ? 'Done' : creates ? 'Created' : 'OK',
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(answer && { content: { [mediaType]: { schema } } }),
  };
  const notModified =
    versioned && method === 'get' ? { 304: { description: 'It is still the version that is known' } } : {};
  return { [status]: success, ...notModified, ...problemsOf(path, method, endpoint) };
}

function headerRef<Name extends string>(name: Name) {
  return { [name]: { $ref: `#/components/headers/${name}` } } as Readonly<Record<Name, { readonly $ref: string }>>;
}

/** Bodies and queries of which a member goes away, by name. */
function namesWithDeprecated(bodies: ReturnType<typeof componentSchemas>): ReadonlySet<string> {
  const members = Object.entries(bodies).map(([name, { properties }]) => [name, properties ?? {}] as const);
  const all = [...members, ...Object.entries(querySchemas())];
  return new Set(all.filter(([, one]) => Object.values(one).some((member) => member.deprecated)).map(([name]) => name));
}

/** It goes away itself, or takes a member or parameter that does. */
function mayUseDeprecated({ deprecated, body, query }: DescribedEndpoint, deprecating: ReadonlySet<string>): boolean {
  return deprecated !== undefined || [body, query].some((name) => name !== undefined && deprecating.has(name));
}

/** It changes something that is there, which may have changed since the caller read it. */
function takesVersion(method: string, { versioned, creates }: DescribedEndpoint): boolean {
  return versioned === true && method !== 'get' && creates !== true;
}

function problemsOf(path: string, method: string, endpoint: DescribedEndpoint): Record<string, object> {
  const { versioned, body, mediaType, follows } = endpoint;
  const kinds: ProblemKind[] = [
    ...(['validation-failed', 'authentication-required', 'permission-denied', 'unavailable'] as const),
    ...(path.includes('{') ? (['not-found'] as const) : []),
    ...(method === 'get' ? [] : (['conflict'] as const)),
    ...(follows ? (['cursor-expired'] as const) : []),
    ...(takesVersion(method, endpoint) ? (['version-mismatch'] as const) : []),
    ...(versioned && method === 'patch' ? (['version-required'] as const) : []),
    ...(body === undefined ? [] : (['body-too-large', 'unsupported-media-type'] as const)),
    ...(method === 'post' ? (['key-reused', 'too-many-requests'] as const) : []),
    ...(mediaType === undefined ? [] : (['too-many-requests'] as const)),
  ];
  const entries = kinds.map((kind) => [PROBLEM_KINDS[kind][0], { $ref: `#/components/responses/${kind}` }] as const);
  return Object.fromEntries(entries);
}

function headerParameter(name: string, description: string, schema = TEXT): object {
  return { name, in: 'header', description, schema };
}
