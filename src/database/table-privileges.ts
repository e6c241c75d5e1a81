const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/**
 * The privileges of the serving role on each table. A table that is not here is not accessible. Partitions are never
 * listed: they are reached through their parent, and a partition that is named directly is not protected by the
 * parent's row-level security.
 */
export const TABLE_PRIVILEGES: Readonly<Record<string, readonly string[]>> = {
  access_grants: ALL,
  access_tokens: ALL,
  api_role_assignments: ALL,
  api_roles: ALL,
  apis: ALL,
  // The audit log is append-only for the serving role.
  audit_chains: ['SELECT', 'INSERT', 'UPDATE'],
  audit_checkpoints: ['SELECT', 'INSERT'],
  audit_events: ['SELECT', 'INSERT'],
  audit_links: ['SELECT', 'INSERT'],
  authorization_codes: ALL,
  authorization_requests: ALL,
  client_secrets: ALL,
  clients: ALL,
  consents: ALL,
  grant_usage: ALL,
  grants: ALL,
  idempotency_keys: ALL,
  invitations: ALL,
  mail_limits: ALL,
  mails: ALL,
  management_role_assignments: ALL,
  management_roles: ALL,
  passkeys: ALL,
  platform_settings: ALL,
  policy_layers: ALL,
  refresh_tokens: ALL,
  remembered_devices: ALL,
  revoked_access_tokens: ALL,
  schema_migrations: ['SELECT'],
  sessions: ALL,
  sign_in_attempts: ALL,
  signing_keys: ALL,
  spent_passkey_challenges: ALL,
  tenant_data_keys: ALL,
  tenant_deletions: ALL,
  tenant_rates: ['SELECT', 'INSERT', 'UPDATE'],
  // Triggers of the owner count.
  tenant_usage: ['SELECT'],
  tenants: ALL,
  used_client_assertions: ALL,
  user_group_members: ALL,
  user_groups: ALL,
  user_identifiers: ALL,
  user_recovery_codes: ALL,
  user_totp: ALL,
  users: ALL,
  verifications: ALL,
  webhook_deliveries: ALL,
  webhook_endpoints: ALL,
};

/** Functions of the owner that serving calls. */
export const FUNCTION_PRIVILEGES: readonly string[] = [
  'claim_mails(integer, integer, uuid[], integer, uuid)',
  'claim_webhook_deliveries(integer, integer, integer, uuid[], integer, uuid, uuid)',
  'webhook_queue_state()',
  'expiring_tables()',
  'mail_queue_state()',
  'sweep_expired(text, integer)',
  'prepare_audit_partitions()',
  'drop_audit_partitions(integer)',
  'remove_old_audit_events(uuid, integer, integer, integer)',
  'erase_audit_events(integer)',
  'find_unsealed_audit_logs(uuid, integer)',
  'due_account_deletions(integer)',
  'due_access_grants(integer)',
];
