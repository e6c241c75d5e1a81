import type { TenantId } from '../database/tenant-id.js';
import type { RequestOrigin } from './request-origin.js';

/** `resource.action`. */
export type AuditEventType =
  | 'tenant.created'
  | 'tenant.updated'
  | 'policy.updated'
  | 'policy_template.created'
  | 'policy_template.updated'
  | 'policy_template.deleted'
  | 'tenant.deletion_scheduled'
  | 'tenant.deletion_withdrawn'
  | 'tenant.deleted'
  | 'client.created'
  | 'client.updated'
  | 'client.deleted'
  | 'client_secret.created'
  | 'client_secret.deleted'
  | 'user.created'
  | 'user.updated'
  | 'user.deleted'
  | 'role.created'
  | 'role.updated'
  | 'role.deleted'
  | 'role.given'
  | 'role.taken'
  | 'api.created'
  | 'api.updated'
  | 'api.deleted'
  | 'keys.rotated'
  | 'key.revoked'
  | 'consent.granted'
  | 'consent.denied'
  | 'consent.withdrawn'
  | 'user.signed_in'
  | 'user.sign_in_failed'
  | 'user.second_factor_proven'
  | 'user.second_factor_failed'
  | 'user.second_factor_added'
  | 'user.second_factor_removed'
  | 'user.recovery_codes_made'
  | 'user.signed_out'
  | 'user.sessions_ended'
  | 'user.password_changed'
  | 'user.signed_up'
  | 'user.email_verified'
  | 'user.terms_accepted'
  | 'user.password_set'
  | 'invitation.created'
  | 'invitation.sent'
  | 'invitation.withdrawn'
  | 'invitation.accepted'
  | 'user.password_reset_requested'
  | 'user.password_reset_failed'
  | 'user.password_reset'
  | 'user.username_requested'
  | 'passkey.added'
  | 'passkey.renamed'
  | 'passkey.removed'
  | 'passkey.counter_rolled_back'
  | 'user.profile_changed'
  | 'user.email_change_requested'
  | 'user.email_changed'
  | 'user.data_exported'
  | 'user.deletion_requested'
  | 'user.deletion_withdrawn'
  | 'authorization.granted'
  | 'authorization.refused'
  | 'client.authentication_failed'
  | 'authorization_code.reused'
  | 'refresh_token.reused'
  | 'token.issued'
  | 'token.refused'
  | 'token.revoked'
  | 'management.refused'
  | 'network.slowed'
  | 'mail.sent'
  | 'mail.failed'
  | 'mail.limited'
  | 'mail.tested'
  | 'webhook.created'
  | 'webhook.updated'
  | 'webhook.deleted'
  | 'webhook.secret_rotated'
  | 'webhook.tested'
  | 'webhook.replayed'
  | 'webhook.disabled';

export interface AuditEvent {
  readonly tenantId: TenantId;
  readonly type: AuditEventType;
  readonly outcome: 'success' | 'failure';
  /** Who did it, when it is not the user or client named below: `user:<id>@<tenant>` or `client:<id>@<tenant>`. */
  readonly actor?: string | undefined;
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  /** What it was done to: `<resource>:<id>`. */
  readonly target?: string | undefined;
  readonly origin?: RequestOrigin | undefined;
  /** Never a secret, a token or a password. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
