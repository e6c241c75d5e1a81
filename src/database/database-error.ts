/** What PostgreSQL or the driver said, as far as callers tell cases apart. SQLSTATE per PostgreSQL appendix A. */
interface PostgresError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

/** No connection was available in time, or one was lost. It is unknown whether the statement took effect. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = asPostgresError(error);
  return code === '23505' && (constraint === undefined || violated === constraint);
}

export function isForeignKeyViolation(error: unknown): boolean {
  return asPostgresError(error).code === '23503';
}

/**
 * Whether the database was unavailable or too slow. Nothing is wrong with the request, and the client may send it
 * again.
 */
export function isUnavailable(error: unknown): boolean {
  return spoilsConnection(error) || chainOf(error).some((each) => matches(codeOf(each), BUSY_CODES));
}

/** Whether the connection must be closed, because it is broken or its state is unknown. */
export function spoilsConnection(error: unknown): boolean {
  return isLostConnection(error) || chainOf(error).some(isStaleStatement);
}

/** PostgreSQL has no connection left: for anybody, for this role, or for this database. */
export function isTooManyConnections(error: unknown): boolean {
  return chainOf(error).some((each) => codeOf(each) === '53300');
}

/** The server takes no writes: a primary that became a replica. */
export function isReadOnly(error: unknown): boolean {
  return chainOf(error).some((each) => codeOf(each) === '25006');
}

function isLostConnection(error: unknown): boolean {
  return chainOf(error).some((each) => {
    if (each instanceof DatabaseUnavailableError) return true;
    const code = codeOf(each);
    if (code !== undefined) return matches(code, LOST_CODES);
    return LOST_MESSAGES.test(each.message);
  });
}

/** A prepared statement of this connection is missing, exists unexpectedly, or does not fit the changed schema. */
function isStaleStatement(error: Error): boolean {
  const code = codeOf(error);
  return code === '26000' || code === '42P05' || (code === '0A000' && error.message.startsWith('cached plan'));
}

/** SQLSTATEs and classes of them (two characters), and the system's names. */
const LOST_CODES = new Set([
  '08', // connection exception
  '57P', // shutting down, starting up, dropped, idle for too long
  '25P03', // a transaction that lay idle
  '25P04',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTCONN',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

const BUSY_CODES = new Set([
  '25006', // read only: a primary that became a replica
  '40001', // serialization failure
  '40P01', // deadlock
  '53', // no disk, no memory, no connections
  '55P03', // lock timeout
  '57014', // statement timeout
  '58', // the server's own disk or files fail
]);

const LOST_MESSAGES =
  /connection (terminated|timeout)|timeout (exceeded|expired)|read timeout|not queryable|Client was closed|calling end on the pool|runner (was )?already released|driver not connected|before secure TLS|socket (disconnected|hang up)/i;

function matches(code: string | undefined, codes: ReadonlySet<string>): boolean {
  if (code === undefined) return false;
  return codes.has(code) || codes.has(code.slice(0, 2)) || codes.has(code.slice(0, 3));
}

function codeOf(error: Error): string | undefined {
  const { code } = error as PostgresError;
  return typeof code === 'string' ? code : undefined;
}

/** The error itself and what it was made from: TypeORM wraps the driver's, Node.js those of several addresses. */
function chainOf(error: unknown, depth = 0): Error[] {
  if (!isError(error) || depth > 4) return [];
  const { errors, cause } = error as { errors?: unknown; cause?: unknown };
  return [
    error,
    ...[cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].flatMap((each) => chainOf(each, depth + 1)),
  ];
}

/** Compared by shape and not by `instanceof`: under jest, errors of the system come from another realm. */
function isError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && typeof (error as Error).message === 'string';
}

function asPostgresError(error: unknown): PostgresError {
  // TypeORM wraps the driver's error and copies its fields.
  return isError(error) ? error : new Error(String(error));
}
