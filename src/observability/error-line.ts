const MAX_CAUSES = 3;

/**
 * What the log contains of an error: message, stack, and the few members that name the kind of fault. Errors of the
 * database also carry parameters and whole rows, with personal data and password hashes; those are left out.
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
