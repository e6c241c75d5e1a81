import createClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './openapi.generated.js';
import { OPERATIONS } from './operations.generated.js';

/** The `operationId` of an operation of the management API. */
export type OperationId = keyof typeof OPERATIONS;
/** A schema of the document, by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Json<Content> = Content extends { readonly 'application/json': infer Body } ? Body : never;
type Parameters<Id extends OperationId> = operations[Id]['parameters'];
/** Members that are never given are left out, and a group whose members may all be left out may be left out too. */
type Group<Name extends string, Value> = [NonNullable<Value>] extends [never]
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends NonNullable<Value>
    ? { readonly [N in Name]?: Value | undefined }
    : { readonly [N in Name]: Value };

/** What the body of a request to an operation holds. */
export type BodyOf<Id extends OperationId> = operations[Id] extends {
  readonly requestBody: { readonly content: infer C };
}
  ? Json<C>
  : operations[Id] extends { readonly requestBody?: { readonly content: infer C } | undefined }
    ? Json<C>
    : never;
type BodyGroup<Id extends OperationId> = operations[Id] extends { readonly requestBody: object }
  ? { readonly body: BodyOf<Id> }
  : { readonly body?: BodyOf<Id> | undefined };

/** What an operation is asked with: the parts of its address, its query, its headers and its body. */
export type RequestOf<Id extends OperationId> = Group<'path', Parameters<Id>['path']> &
  Group<'query', Parameters<Id>['query']> &
  Group<'headers', Parameters<Id>['header']> &
  BodyGroup<Id>;

type SuccessOf<Responses> = Responses[Extract<keyof Responses, 200 | 201 | 202>];
/** What an operation answers when it did what it was asked for; `undefined` for 204. */
export type AnswerOf<Id extends OperationId> =
  SuccessOf<operations[Id]['responses']> extends { readonly content: infer C } ? Json<C> : undefined;

export interface Answer<Id extends OperationId> {
  readonly body: AnswerOf<Id>;
  /** The version, for `If-Match`. */
  readonly etag: string | undefined;
  readonly response: Response;
}

/** The platform refused: a problem (RFC 9457), or whatever answered in its place. */
export class ManagementError extends Error {
  constructor(
    readonly response: Response,
    /** Absent when the answer is no problem, as that of a proxy. */
    readonly problem: Schema<'Problem'> | undefined,
  ) {
    super(problem?.detail ?? problem?.title ?? `The platform answered ${response.status}.`);
  }

  get status(): number {
    return this.response.status;
  }
}

export interface ManagementClientOptions {
  /** Origin of the platform, such as `https://id.example.com`. */
  readonly baseUrl: string;
  /** Asked for each request; the client keeps no token. */
  readonly accessToken: () => string | Promise<string>;
  /** Default: that of the environment. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** The class that `fetch` takes; default: that of the environment. */
  readonly Request?: typeof Request;
}

export interface ManagementClient {
  /** @throws ManagementError with the problem, when the platform refuses */
  readonly call: <Id extends OperationId>(id: Id, request: RequestOf<Id>) => Promise<Answer<Id>>;
  /** An answer that is read as it comes, such as that of `exportAuditEvents`. @throws ManagementError */
  readonly stream: <Id extends OperationId>(id: Id, request: RequestOf<Id>) => Promise<Response>;
  /** The same requests by method and address, as `openapi-fetch` has them. */
  readonly fetch: Client<paths>;
}

/**
 * The management API, typed by its OpenAPI document. It runs in browsers and in Node.js, and imports nothing of the
 * platform. No redirect is followed: the token is for this origin alone.
 */
export function createManagementClient(options: ManagementClientOptions): ManagementClient {
  const { baseUrl, accessToken, ...own } = options;
  const client = createClient<paths>({ baseUrl, redirect: 'error', pathSerializer: addressOf, ...own });
  client.use({
    onRequest: async ({ request }) => {
      request.headers.set('authorization', `Bearer ${await accessToken()}`);
    },
  });
  const request = client.request as unknown as LooseRequest;
  const send = async (id: OperationId, given: LooseGiven, parseAs: 'json' | 'stream') => {
    const { method, path } = OPERATIONS[id];
    const { path: inPath, query, headers, body } = given;
    const params = { path: inPath, query, header: headers };
    const { data, error, response } = await request(method, path, { params, body, parseAs });
    if (!response.ok) throw new ManagementError(response, asProblem(error));
    return { data, response };
  };
  return {
    call: async <Id extends OperationId>(id: Id, given: RequestOf<Id>) => {
      const { data, response } = await send(id, given, 'json');
      return { body: data as AnswerOf<Id>, etag: response.headers.get('etag') ?? undefined, response };
    },
    stream: async (id, given) => (await send(id, given, 'stream')).response,
    fetch: client,
  };
}

/** `client.request` without its types: which operation it is, is known to the caller and not here. */
type LooseRequest = (
  method: string,
  path: string,
  init: object,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;
type LooseGiven = Readonly<Partial<Record<'path' | 'query' | 'headers' | 'body', unknown>>>;

function asProblem(error: unknown): Schema<'Problem'> | undefined {
  return typeof error === 'object' && error !== null && 'type' in error ? (error as Schema<'Problem'>) : undefined;
}

/** A name that cannot be a part of an address. */
export class AddressError extends Error {}

/** @throws AddressError for a part that would lead to another address, which an encoded "..", "." or nothing still does */
function addressOf(path: string, parts: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = parts[name];
    if (typeof part !== 'string' || /^\.{0,2}$/.test(part))
      throw new AddressError(`${name} cannot be "${String(part)}".`);
    return encodeURIComponent(part);
  });
}
