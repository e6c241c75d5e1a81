import type { OperationId } from './operation.js';
import { OPERATIONS } from './operations.generated.js';

/** A request of any operation, when its types do not matter any more. */
export interface LooseRequest {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** A request as it goes over the wire, and as "copy as curl" shows it. */
export interface WireRequest {
  readonly method: string;
  /** From `/api/v1` on, with its query. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function wireRequest(
  id: OperationId,
  { path, query, body, ifMatch, idempotencyKey }: LooseRequest,
): WireRequest {
  const { method, path: template } = OPERATIONS[id];
  return {
    method: method.toUpperCase(),
    address: `${addressOf(template, path ?? {})}${queryOf(query ?? {})}`,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** @throws Error for a part that would lead to another address, which an encoded "..", "." or nothing still does */
function addressOf(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = parts[name] ?? '';
    if (/^\.{0,2}$/.test(part)) throw new Error(`${name} cannot be "${part}".`);
    return encodeURIComponent(part);
  });
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
