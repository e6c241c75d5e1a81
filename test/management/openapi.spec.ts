import { beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import { PROBLEM_KINDS } from '../../src/management/kit/problem.js';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { ANY_PLATFORM, staleFiles } from '../../scripts/api-client.js';
import { type JsonSchema, findFaults, resolve } from '../support/schema-check.js';

type Node = Readonly<Record<string, unknown>>;
interface Operation extends Node {
  readonly operationId: string;
  readonly parameters: readonly Node[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
  readonly responses: Readonly<Record<string, Node>>;
  readonly security: readonly { readonly management: readonly string[] }[];
}
interface Document extends Node {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Node>>>>;
}

const platform = givenPlatform();
let body: string;
let document: Document;
let operations: { readonly path: string; readonly method: string; readonly operation: Operation }[];

beforeAll(async () => {
  ({ text: body } = await send(`${platform.url}/api/v1/openapi.json`));
  document = JSON.parse(body) as Document;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
});

/** Every object in the document, with where it is. */
function* nodes(value: unknown, at = '#'): Generator<[string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  yield [at, value as Node];
  for (const [name, member] of Object.entries(value)) yield* nodes(member, `${at}/${name}`);
}

describe('/api/v1/openapi.json', () => {
  it('is public and may be kept for a while', async () => {
    const answer = await send(`${platform.url}/api/v1/openapi.json`);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('says which API it is, and where', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Tenantry management API', version: '1', license: { name: 'Apache-2.0' } },
      servers: [{ url: platform.url }],
    });
  });

  it('names the sign-in of a tenant’s administrators to who asks for it, and knows no tenant', async () => {
    const of = (query: string) => send(`${platform.url}/api/v1/openapi.json?${query}`);
    for (const slug of ['acme', 'never-made']) {
      const { components, ...rest } = (await of(`tenant=${slug}`)).json<Document>();
      const issuer = `${platform.url}/t/${slug}`;
      expect(components['securitySchemes']?.['management']).toMatchObject({
        flows: {
          clientCredentials: { tokenUrl: `${issuer}/token` },
          authorizationCode: { authorizationUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/token` },
        },
      });
      expect(rest.paths).toEqual(document.paths);
    }
    for (const query of ['tenant=', 'tenant=a/b', 'tenant=a&tenant=b', 'tenant=%00']) {
      const answer = await of(query);
      expect([query, answer.status, answer.json()['errors']]).toEqual([
        query,
        400,
        [{ parameter: 'tenant', detail: 'must be a tenant’s slug' }],
      ]);
    }
  });

  it('has no member that OpenAPI 3.1 does not know (§4.8)', () => {
    const known = ['openapi', 'info', 'servers', 'paths', 'components', 'tags'];
    expect(Object.keys(document).filter((name) => !known.includes(name))).toEqual([]);
    const ofOperation = ['operationId', 'summary', 'tags', 'security', 'parameters', 'requestBody', 'responses'];
    for (const { operation } of operations) {
      expect(Object.keys(operation).filter((name) => !ofOperation.includes(name))).toEqual([]);
    }
    // Gone since 3.0: `nullable`, and `example` in schemas.
    for (const [at, node] of nodes(document.components['schemas'])) {
      if (at.endsWith('/properties')) continue;
      expect([at, 'nullable' in node, 'example' in node]).toEqual([at, false, false]);
    }
  });

  it('is what the client in src/management-client was made from (npm run generate:client)', () => {
    const document = JSON.parse(body.replaceAll(platform.url, ANY_PLATFORM)) as Document;
    expect(staleFiles(document)).toEqual([]);
  });

  it('has every reference resolved, and no component that nobody refers to', () => {
    const used = new Set<string>();
    for (const [, { $ref }] of nodes(document)) {
      if (typeof $ref !== 'string') continue;
      expect(resolve(document, $ref)).toBeDefined();
      used.add($ref);
    }
    for (const [kind, components] of Object.entries(document.components)) {
      if (kind === 'securitySchemes') continue;
      for (const name of Object.keys(components)) expect(used).toContain(`#/components/${kind}/${name}`);
    }
  });

  it('describes every route of the API, and no other', () => {
    const express = platform.application.nest.getHttpAdapter().getInstance() as unknown as {
      readonly router: {
        readonly stack: readonly { readonly route?: { path: string; stack: { method: string }[] } }[];
      };
    };
    const routes = express.router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method} ${route?.path.replace(/:(\w+)/g, '{$1}')}`),
    );
    const own = routes.filter((route) => route.includes(' /api/v1/') && !route.endsWith('/openapi.json'));
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...new Set(own)].sort());
    expect(described.length).toBeGreaterThan(0);
  });
});

/** Lists of the platform’s making, which are short. */
/** Of answers that are no JSON, by the end of their path. */
const MEDIA_TYPES: Readonly<Record<string, string>> = { export: 'application/x-ndjson', stream: 'text/event-stream' };
const OF_ONE_PAGE = ['listKeys', 'listEventTypes', 'listClientSnippets', 'listSnippets'];

describe('every operation', () => {
  it('has a name of its own, a summary, a tag that is described', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const tags = (document['tags'] as { name: string }[]).map(({ name }) => name);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation['summary']).toMatch(/\w+ \w+/);
      expect(tags).toEqual(expect.arrayContaining(operation['tags'] as string[]));
    }
  });

  it('needs one scope that the authorization server knows, or a narrower one', () => {
    const scopes = MANAGEMENT_SCOPES.map(({ name }) => name);
    const { flows } = document.components['securitySchemes']?.['management'] as {
      flows: Record<string, { tokenUrl: string; scopes: object }>;
    };
    for (const flow of Object.values(flows)) expect(Object.keys(flow.scopes)).toEqual(scopes);
    expect(flows['clientCredentials']?.tokenUrl).toBe(`${platform.url}/t/system/token`);
    for (const { operation } of operations) {
      const needed = operation.security.flatMap(({ management }) => management);
      expect([1, 2]).toContain(needed.length);
      expect(operation.security).toEqual(needed.map((scope) => ({ management: [scope] })));
      expect(scopes).toEqual(expect.arrayContaining(needed));
      if (needed.length === 2) expect(['branding:write', 'users:recover', 'tenants:read']).toContain(needed[1]);
    }
  });

  it('has one success with a schema, or without a body, and problems for the rest', () => {
    for (const { operation, method, path } of operations) {
      const statuses = Object.keys(operation.responses).map(Number);
      const [success, ...others] = statuses.filter((status) => status < 300);
      expect([path, method, others]).toEqual([path, method, []]);
      const { content } = operation.responses[String(success)] as { content?: Record<string, { schema: JsonSchema }> };
      expect([path, method, Object.keys(content ?? {})]).toEqual([
        path,
        method,
        success === 204 ? [] : [MEDIA_TYPES[path.split('/').at(-1) ?? ''] ?? 'application/json'],
      ]);
      expect(statuses).toEqual(expect.arrayContaining([400, 401, 403, 503]));
      for (const status of statuses.filter((one) => one >= 400)) {
        const { $ref } = operation.responses[String(status)] as { $ref: string };
        const example = (resolve(document, $ref)['content'] as Record<string, { example: { status: number } }>)[
          'application/problem+json'
        ]?.example;
        expect(example?.status).toBe(status);
        expect(findFaults(example, { $ref: '#/components/schemas/Problem' }, document)).toEqual([]);
      }
    }
  });

  it('names every parameter of its path, and what its kind has', () => {
    for (const { operation, method, path } of operations) {
      const parameters = operation.parameters.map((one) =>
        typeof one['$ref'] === 'string' ? resolve(document, one['$ref']) : one,
      );
      const names = (place: string) => parameters.filter((one) => one['in'] === place).map(({ name }) => name);
      expect(names('path')).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      if (operation.operationId.startsWith('list') && !OF_ONE_PAGE.includes(operation.operationId)) {
        expect(names('query')).toEqual(expect.arrayContaining(['limit', 'after']));
      }
      if (method === 'post') expect(names('header')).toContain('Idempotency-Key');
      if (operation.responses['412']) expect(names('header')).toContain('If-Match');
      for (const one of parameters) expect(one['schema']).toHaveProperty('type');
    }
  });

  it('that takes a body has a schema of it that fits its examples', () => {
    for (const { operation } of operations) {
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
        const { examples } = resolve(document, String(schema['$ref'])) as { examples?: unknown[] };
        expect([operation.operationId, examples?.length]).toEqual([operation.operationId, 1]);
        for (const example of examples ?? []) expect(findFaults(example, schema, document)).toEqual([]);
      }
    }
  });
});

describe('the description', () => {
  it('says what every member of every schema means', () => {
    const silent = [...nodes(document.components['schemas'])]
      .filter(([, node]) => typeof node['properties'] === 'object')
      .flatMap(([at, { properties }]) =>
        Object.entries(properties as Readonly<Record<string, Node>>)
          .filter(([, member]) => !/\w{2}/.test((member['description'] as string | undefined) ?? ''))
          .map(([name]) => `${at}/${name}`),
      );
    expect(silent).toEqual([]);
  });

  it('says what every parameter means', () => {
    const silent = operations.flatMap(({ operation }) =>
      operation.parameters
        .map((one) => (typeof one['$ref'] === 'string' ? resolve(document, one['$ref']) : one))
        .filter(({ description }) => typeof description !== 'string')
        .map(({ name }) => `${operation.operationId} ${String(name)}`),
    );
    expect(silent).toEqual([]);
  });

  it('says what every kind of problem means, and what to do about it', () => {
    const { type } = document.components['schemas']?.['Problem']?.['properties'] as Record<
      string,
      { enum: string[]; description: string }
    >;
    expect(type?.enum).toEqual(Object.keys(PROBLEM_KINDS).map((kind) => `urn:tenantry:problem:${kind}`));
    for (const urn of type?.enum ?? []) {
      expect(type?.description).toMatch(new RegExp(`- \`${urn}\` \\(\\d{3}\\): \\w.*\\.(\n|$)`));
    }
  });
});

describe('what a request may look like', () => {
  it('is said of an Idempotency-Key as it is judged', () => {
    const { schema } = resolve(document, '#/components/parameters/IdempotencyKey') as { schema: { pattern: string } };
    const pattern = new RegExp(schema.pattern);
    expect(['k', '7f3c-1', 'x'.repeat(255)].every((key) => pattern.test(key))).toBe(true);
    expect(['', 'a b', 'ä', 'x'.repeat(256)].some((key) => pattern.test(key))).toBe(false);
  });

  it('is without a body where a body may be left out', async () => {
    const required = operations.filter(({ operation }) => operation.requestBody?.required).map(({ method }) => method);
    expect(new Set(required)).toEqual(new Set(['post']));
    const answer = await platform.operator.request('PATCH', '/tenants/system', undefined, { 'if-match': '*' });
    expect(answer.status).toBe(200);
  });
});

describe('the schema of a body', () => {
  const schemaOf = (name: string) => document.components['schemas']?.[name] as JsonSchema;

  it('says what its validation says', () => {
    expect(schemaOf('CreateUser')).toMatchObject({
      type: 'object',
      required: ['username'],
      additionalProperties: false,
      properties: {
        username: { type: 'string', minLength: 1, maxLength: 128 },
        email: { type: ['string', 'null'], format: 'email', maxLength: 254 },
        password: { type: 'string', writeOnly: true },
        address: { anyOf: [{ $ref: '#/components/schemas/Address' }, { type: 'null' }] },
      },
    });
    expect(schemaOf('CreateApi')['properties']).toMatchObject({
      scopes: { type: ['array', 'null'], items: { $ref: '#/components/schemas/ApiScope' }, maxItems: 200 },
      access_token_format: { type: ['string', 'null'], enum: ['jwt', 'opaque', null] },
      introspection_client_ids: { items: { type: 'string', maxLength: 200 }, uniqueItems: true },
    });
  });

  it.each([
    ['CreateTenant', { slug: 'A b', display_name: '' }],
    ['UpdateTenant', { policy: [], branding: { primary_color: 'red' } }],
    ['CreateClient', { client_id: 'a b', redirect_uris: 'https://rp.test' }],
    ['CreateApi', { identifier: 7, display_name: null, scopes: [{ name: 'a b' }] }],
    ['CreateUser', { username: null, enabled: 'yes', unknown: 1 }],
  ])('%s refuses what the API refuses', async (name, body) => {
    expect(findFaults(body, schemaOf(name), document)).not.toEqual([]);
  });
});
