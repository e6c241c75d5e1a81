import type { HttpAnswer } from './http.js';
import { type JsonSchema, findFaults, resolve } from './schema-check.js';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, JsonSchema>>;
}

/** The OpenAPI document, to hold answers against. */
export class ApiDocument {
  constructor(private readonly document: JsonSchema) {}

  get operationIds(): string[] {
    const paths = this.document['paths'] as Record<string, Record<string, Operation>>;
    return Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  }

  get writes(): string[] {
    const paths = this.document['paths'] as Record<string, Record<string, Operation>>;
    const all = Object.values(paths).flatMap((item) => Object.entries(item));
    return all.filter(([method]) => method !== 'get').map(([, { operationId }]) => operationId);
  }

  /** The operation that a request belongs to. */
  find(method: string, path: string): Operation {
    const paths = this.document['paths'] as Record<string, Record<string, Operation>>;
    const [pathname = ''] = `/api/v1${path}`.split('?');
    const [, item] =
      Object.entries(paths)
        .filter(([template]) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
        // `/keys/rotate` before `/keys/{id}`.
        .sort(([one], [other]) => one.split('{').length - other.split('{').length)[0] ?? [];
    const operation = item?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${path} is not described.`);
    return operation;
  }

  /** Where the answer differs from its description. */
  findFaults({ responses, operationId }: Operation, answer: HttpAnswer): string[] {
    const named = responses[String(answer.status)];
    if (!named) return [`${operationId} does not describe status ${answer.status}`];
    const response = typeof named['$ref'] === 'string' ? resolve(this.document, named['$ref']) : named;
    const { content = {}, headers = {} } = response as {
      readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
      readonly headers?: Readonly<Record<string, unknown>>;
    };
    const missing = Object.keys(headers)
      .filter((name) => answer.headers[name.toLowerCase()] === undefined)
      .map((name) => `${operationId} has no ${name}`);
    const [type] = Object.keys(content);
    if (type === undefined) return answer.text === '' ? missing : [...missing, `${operationId} has a body`];
    if (!answer.headers['content-type']?.startsWith(type)) return [...missing, `${operationId} is not ${type}`];
    const schema = content[type]?.schema ?? {};
    const values: unknown[] =
      type === 'application/x-ndjson'
        ? answer.text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown)
        : [answer.json<unknown>()];
    return [...missing, ...values.flatMap((value) => findFaults(value, schema, this.document, operationId))];
  }
}
