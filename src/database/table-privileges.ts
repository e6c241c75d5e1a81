const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/**
 * What serving needs of each table, and no more: a table that is not here is out of reach. Partitions never are here.
 * They are reached through their parent, whose row-level security does not hold for a partition that is named directly.
 */
export const TABLE_PRIVILEGES: Readonly<Record<string, readonly string[]>> = {
  access_tokens: ALL,
  apis: ALL,
  // Nobody who serves requests takes an event back.
  audit_events: ['SELECT', 'INSERT'],
  authorization_codes: ALL,
  authorization_requests: ALL,
  client_secrets: ALL,
  clients: ALL,
  consents: ALL,
  grants: ALL,
  idempotency_keys: ALL,
  platform_settings: ALL,
  refresh_tokens: ALL,
  revoked_access_tokens: ALL,
  schema_migrations: ['SELECT'],
  sessions: ALL,
  sign_in_attempts: ALL,
  signing_keys: ALL,
  tenant_data_keys: ALL,
  tenants: ALL,
  used_client_assertions: ALL,
  user_identifiers: ALL,
  users: ALL,
};

/** Functions of the owner that serving calls. */
export const FUNCTION_PRIVILEGES: readonly string[] = [
  'expiring_tables()',
  'sweep_expired(text, integer)',
  'prepare_audit_partitions()',
  'drop_audit_partitions(integer)',
  'remove_old_audit_events(uuid, integer, integer, integer)',
  'erase_audit_events(integer)',
];
