import type { AuditEventType } from '../audit/audit-event.js';

/**
 * THE LIST of events that people see of their own account. Each has a text `activity.<type>` in the catalogue. Whatever
 * else the log knows of them is for administrators.
 */
export const PERSON_EVENTS = [
  'user.signed_in',
  'user.sign_in_failed',
  'user.signed_out',
  'user.sessions_ended',
  'user.password_changed',
  'user.password_reset_requested',
  'user.password_reset',
  'passkey.added',
  'passkey.renamed',
  'passkey.removed',
  'passkey.counter_rolled_back',
  'user.profile_changed',
  'user.email_change_requested',
  'user.email_changed',
  'user.data_exported',
  'user.deletion_requested',
  'user.deletion_withdrawn',
  'consent.granted',
  'consent.denied',
  'consent.withdrawn',
] as const satisfies readonly AuditEventType[];

export type PersonEventType = (typeof PERSON_EVENTS)[number];
