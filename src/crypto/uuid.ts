const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in lower case with hyphens, as PostgreSQL prints it (RFC 9562 §4). Other spellings are not ids of ours. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
