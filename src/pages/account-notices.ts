/**
 * THE LIST of what an account page may report as done. The name stands in the query of the page's address. The texts are
 * `notice.<value>.title` and `notice.<value>.text`.
 */
export const ACCOUNT_NOTICES = {
  access_withdrawn: 'accessWithdrawn',
  password_changed: 'passwordChanged',
  devices_forgotten: 'devicesForgotten',
  factor_removed: 'factorRemoved',
  sessions_ended: 'sessionsEnded',
  passkey_added: 'passkeyAdded',
  passkey_renamed: 'passkeyRenamed',
  passkey_removed: 'passkeyRemoved',
  profile_changed: 'profileChanged',
  email_changed: 'emailChanged',
  deletion_scheduled: 'deletionScheduled',
  deletion_withdrawn: 'deletionWithdrawn',
  client_saved: 'clientSaved',
  client_submitted: 'clientSubmitted',
  client_withdrawn: 'clientWithdrawn',
  client_deleted: 'clientDeleted',
  client_accepted: 'clientAccepted',
  client_declined: 'clientDeclined',
  secret_ended: 'secretEnded',
  owner_asked: 'ownerAsked',
  owner_not_asked: 'ownerNotAsked',
  owner_removed: 'ownerRemoved',
} as const;

export type AccountNotice = keyof typeof ACCOUNT_NOTICES;

export function findAccountNotice(query: Readonly<Record<string, unknown>>): AccountNotice | undefined {
  return (Object.keys(ACCOUNT_NOTICES) as AccountNotice[]).find((name) => query[name] !== undefined);
}
