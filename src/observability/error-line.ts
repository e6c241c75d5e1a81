const MAX_CAUSES = 3;

/**
 * What the log says about an error. Its message and stack, and the few members that name a kind of fault: an error of
 * the database also carries the statement's parameters and whole rows, which are people's data and their password hashes.
 */
export function describeError(error: Error, depth = 0): object {
  const { name, message, stack, cause } = error;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' && { error_code: code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(cause instanceof Error && depth < MAX_CAUSES && { cause: describeError(cause, depth + 1) }),
  };
}
