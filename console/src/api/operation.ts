import type { components, operations } from './openapi.generated.js';
import type { OPERATIONS } from './operations.generated.js';

/** The `operationId` of an operation of the management API. */
export type OperationId = keyof typeof OPERATIONS;
/** A schema of the document, by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Json<Content> = Content extends { readonly 'application/json': infer Body } ? Body : never;
type SuccessOf<Responses> = Responses[Extract<keyof Responses, 200 | 201 | 202>];

export type PathOf<Id extends OperationId> = operations[Id]['parameters']['path'];
export type QueryOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>;
/** What the body of a request to an operation holds. */
export type BodyOf<Id extends OperationId> = operations[Id] extends { readonly requestBody?: infer Request }
  ? NonNullable<Request> extends { readonly content: infer Content }
    ? Json<Content>
    : never
  : never;
/** What an operation answers when it did what it was asked for; `undefined` for 204. */
export type AnswerOf<Id extends OperationId> =
  SuccessOf<operations[Id]['responses']> extends { readonly content: infer Content } ? Json<Content> : undefined;

/** What an operation is asked with. Whether `path` must be given depends on the operation. */
export type RequestOf<Id extends OperationId> = {
  readonly query?: QueryOf<Id>;
  readonly body?: BodyOf<Id>;
  /** The ETag of the version that is meant, or `*`. */
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
} & ([NonNullable<PathOf<Id>>] extends [never]
  ? { readonly path?: undefined }
  : { readonly path: NonNullable<PathOf<Id>> });

/** Operations that answer `{ data, page }`. */
export type ListOperation = {
  [Id in OperationId]: AnswerOf<Id> extends { readonly data: readonly unknown[]; readonly page: Schema<'PageInfo'> }
    ? Id
    : never;
}[OperationId];
/** One item of what a list answers. */
export type RowOf<Id extends ListOperation> =
  AnswerOf<Id> extends { readonly data: readonly (infer Row extends object)[] } ? Row : never;
