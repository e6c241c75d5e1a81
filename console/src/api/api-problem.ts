import type { Schema } from './operation.js';

export interface FieldError {
  /** JSON Pointer to a member of the body. */
  readonly pointer?: string;
  /** A parameter of the query or the address. */
  readonly parameter?: string;
  readonly header?: string;
  readonly detail: string;
}

/** The platform refused (RFC 9457), or something between it and the browser did. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    /** Absent when the answer is no problem, as that of a proxy. */
    readonly problem: Schema<'Problem'> | undefined,
    /** `Retry-After`, where there was one. */
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${String(status)}`);
  }

  get errors(): readonly FieldError[] {
    return (this.problem as { readonly errors?: readonly FieldError[] } | undefined)?.errors ?? [];
  }

  /** The last part of the name of the problem: `validation-failed`. */
  get kind(): string {
    return this.problem?.type.split(':').at(-1) ?? '';
  }

  /** Asking again later may help, and asking differently does not. */
  get isPassing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** The platform was not reached: offline, or it does not run. */
export class Unreachable extends Error {}

/** @param answer whose body was not read yet */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  const body: unknown = isJson ? await answer.json().catch(() => undefined) : undefined;
  const isProblem = typeof body === 'object' && body !== null && 'type' in body;
  return new ApiProblem(answer.status, isProblem ? (body as Schema<'Problem'>) : undefined, retryAfter(answer.headers));
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
}
