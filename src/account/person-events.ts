import type { AuditEventType } from '../audit/catalogue/event-catalogue.js';

type EventOfPersons = Extract<AuditEventType, `${'user' | 'passkey' | 'consent'}.${string}` | 'invitation.accepted'>;

/**
 * THE LIST of events of people, and whether they see them of their own account. Each that is shown has a text
 * `activity.<type>` in the catalogue. A new event of this kind does not compile before it is listed here. Whatever else
 * the log knows of them is for administrators.
 */
const EVENTS_OF_PERSONS = {
  'user.signed_up': 'shown',
  'invitation.accepted': 'shown',
  'user.signed_in': 'shown',
  'user.sign_in_failed': 'shown',
  'user.signed_out': 'shown',
  'user.sessions_ended': 'shown',
  'user.second_factor_failed': 'shown',
  'user.second_factor_added': 'shown',
  'user.second_factor_removed': 'shown',
  'user.recovery_codes_made': 'shown',
  'user.password_changed': 'shown',
  'user.password_set': 'shown',
  'user.password_reset_requested': 'shown',
  'user.password_reset': 'shown',
  'user.username_requested': 'shown',
  'passkey.added': 'shown',
  'passkey.removed': 'shown',
  'passkey.renamed': 'shown',
  'passkey.counter_rolled_back': 'shown',
  'user.email_verified': 'shown',
  'user.terms_accepted': 'shown',
  'user.profile_changed': 'shown',
  'user.email_change_requested': 'shown',
  'user.email_changed': 'shown',
  'user.data_exported': 'shown',
  'user.deletion_requested': 'shown',
  'user.deletion_withdrawn': 'shown',
  'consent.granted': 'shown',
  'consent.denied': 'shown',
  'consent.withdrawn': 'shown',
  // It belongs to a sign-in, which is shown.
  'user.second_factor_proven': 'hidden',
  // Whoever types a wrong code has not said who they are.
  'user.password_reset_failed': 'hidden',
  // Work of administrators.
  'user.created': 'hidden',
  'user.updated': 'hidden',
  'user.deleted': 'hidden',
} as const satisfies Record<EventOfPersons, 'shown' | 'hidden'>;

type EventsOfPersons = typeof EVENTS_OF_PERSONS;

export type PersonEventType = {
  [Type in EventOfPersons]: EventsOfPersons[Type] extends 'shown' ? Type : never;
}[EventOfPersons];

export const PERSON_EVENTS: readonly PersonEventType[] = Object.entries(EVENTS_OF_PERSONS)
  .filter(([, visibility]) => visibility === 'shown')
  .map(([type]) => type as PersonEventType);
