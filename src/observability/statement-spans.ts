import { SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import pg from 'pg';

type Callback = (...results: unknown[]) => void;
type Query = (this: unknown, ...args: unknown[]) => unknown;

/** What `pg` is asked: a text, a statement with a name, or a query of its own class. */
interface Asked {
  readonly name?: string;
  readonly text?: string;
  readonly statements?: readonly { readonly statement: { readonly name: string } }[];
  callback?: Callback;
}

/**
 * A span for each statement that belongs to a request: its name, never its text or its values.
 * @returns what ends it
 */
export function traceStatements(tracer: Tracer): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (...args) {
    if (!trace.getActiveSpan()) return original.apply(this, args);
    const [asked] = args as [Asked | string];
    const name = nameOf(asked);
    const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': name };
    const span = tracer.startSpan(`statement ${name}`, { kind: SpanKind.CLIENT, attributes });
    const end = (error?: unknown) => {
      if (error) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
    const watched = (callback: Callback): Callback =>
      function (this: unknown, ...results) {
        end(results[0]);
        callback.apply(this, results);
      };
    const last = args.at(-1);
    if (typeof last === 'function') args[args.length - 1] = watched(last as Callback);
    else if (typeof asked === 'object' && asked.callback) asked.callback = watched(asked.callback);
    const result = original.apply(this, args);
    if (result instanceof Promise) result.then(() => end(), end);
    return result;
  };
  return () => void (prototype.query = original);
}

function nameOf(asked: Asked | string): string {
  if (typeof asked === 'string') return verbOf(asked);
  const { statements } = asked;
  if (statements) return statements.map(({ statement }) => statement.name).join(' ') || 'batch';
  return asked.name ?? verbOf(asked.text ?? '');
}

/** `SELECT`, `BEGIN`: of a text that has no name. */
function verbOf(text: string): string {
  return /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? 'statement';
}
