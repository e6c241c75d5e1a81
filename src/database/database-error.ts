/** What PostgreSQL or the driver said, as far as callers tell cases apart. SQLSTATE per PostgreSQL appendix A. */
interface PostgresError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = asPostgresError(error);
  return code === '23505' && (constraint === undefined || violated === constraint);
}

export function isForeignKeyViolation(error: unknown): boolean {
  return asPostgresError(error).code === '23503';
}

/** The database could not take part in time; nothing is wrong with the request, and it may be sent again. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = asPostgresError(error);
  if (code !== undefined) return UNAVAILABLE_CODES.has(code) || code.startsWith('08') || code.startsWith('53');
  return UNAVAILABLE_MESSAGES.test(message);
}

const UNAVAILABLE_CODES = new Set([
  '25006', // read only: a primary that became a replica
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock timeout
  '57014', // statement timeout
  '57P01', // shutting down
  '57P02',
  '57P03', // starting up
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

const UNAVAILABLE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/i;

function asPostgresError(error: unknown): PostgresError {
  // TypeORM wraps the driver's error and copies its fields.
  return error instanceof Error ? error : new Error(String(error));
}
