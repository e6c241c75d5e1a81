import { HttpException } from '@nestjs/common';

/** What is wrong with one member of the request, RFC 9457 §3.1 (`errors` as in its first example). */
export interface ProblemDetail {
  /** JSON Pointer (RFC 6901) to the member of the body. */
  readonly pointer?: string;
  /** Name of the query parameter or header, when it is not the body. */
  readonly parameter?: string;
  readonly detail: string;
}

/** Kinds of problems with the status of each; `type` is `urn:tenantry:problem:<kind>`. */
export const PROBLEM_KINDS = {
  'malformed-request': [400, 'The request cannot be read'],
  'validation-failed': [400, 'The request is not valid'],
  'authentication-required': [401, 'An access token is needed'],
  'permission-denied': [403, 'The access token does not allow this'],
  'access-grant-required': [403, 'An operator needs an access grant of the tenant for this'],
  'not-found': [404, 'There is nothing at this address'],
  conflict: [409, 'The request conflicts with what exists'],
  'quota-exceeded': [409, 'The tenant has as many as it may'],
  'cursor-expired': [410, 'The cursor leads to what is not kept any more'],
  'version-mismatch': [412, 'The resource has changed since it was read'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body is not JSON'],
  'key-reused': [422, 'The Idempotency-Key was used for another request'],
  'version-required': [428, 'If-Match is needed'],
  'too-many-requests': [429, 'There were too many such requests'],
  unavailable: [503, 'The service is briefly unavailable'],
  'internal-error': [500, 'Something went wrong here'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** An error of the management API, RFC 9457. */
export class Problem extends HttpException {
  constructor(
    readonly kind: ProblemKind,
    readonly detail?: string,
    readonly errors: readonly ProblemDetail[] = [],
    options?: {
      readonly cause?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      /** Further members, RFC 9457 §3.2. */
      readonly members?: Readonly<Record<string, unknown>>;
    },
  ) {
    const [status, title] = PROBLEM_KINDS[kind];
    super(title, status, { cause: options?.cause });
    this.headers = options?.headers ?? {};
    this.members = options?.members ?? {};
  }

  readonly headers: Readonly<Record<string, string>>;
  private readonly members: Readonly<Record<string, unknown>>;

  /** The members of `application/problem+json`. */
  toJson(requestId: string | undefined): Readonly<Record<string, unknown>> {
    return {
      type: `urn:tenantry:problem:${this.kind}`,
      title: this.message,
      status: this.getStatus(),
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.errors.length > 0 && { errors: this.errors }),
      ...this.members,
      ...(requestId !== undefined && { request_id: requestId }),
    };
  }
}

/** One member is wrong; the sentence is completed by its name. */
export function invalidMember(pointer: string, fault: string): Problem {
  return new Problem('validation-failed', `${pointer} ${fault}.`, [{ pointer: `/${pointer}`, detail: fault }]);
}

/** The same for a query parameter or a header. */
export function invalidParameter(parameter: string, fault: string): Problem {
  return new Problem('validation-failed', `${parameter} ${fault}.`, [{ parameter, detail: fault }]);
}

export function notFound(): Problem {
  return new Problem('not-found', 'There is nothing with this id that the access token may see.');
}
