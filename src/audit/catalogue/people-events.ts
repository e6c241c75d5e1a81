import { DONE, EITHER, type EventDescription, REFUSED } from './event-description.js';

const REQUEST = 'the authorization request that waits for it';
const TYPED = {
  identifier: 'what was typed as name',
  identifier_withheld: 'it does not look like a name, and is not kept',
};
const NAME_OF_FACTOR = 'the factor';
/** Of what people change, the names: the log is no second copy of what is known of them. */
const CHANGED = { changed: 'the members that are others now, without values' };
const SESSION = 'the session in which they did it';

/** What people do, and what is tried in their name. */
export const PEOPLE_EVENTS = {
  'user.signed_up': {
    when: 'A person proved an address and made an account by themselves.',
    outcomes: DONE,
    details: { terms_version: 'the terms they accepted', request: REQUEST },
  },
  'invitation.accepted': {
    when: 'A person made an account by an invitation.',
    outcomes: DONE,
    target: ['invitation'],
    details: {
      terms_version: 'the terms they accepted',
      tenant_admin: 'whether they administer the tenant',
      roles: 'the roles they were given',
    },
  },
  'user.signed_in': {
    when: 'A person signed in.',
    outcomes: DONE,
    details: {
      amr: 'how (RFC 8176)',
      session: 'the session that began',
      grant_type: '`password` when the client sent the password',
    },
  },
  'user.sign_in_failed': {
    when: 'Somebody could not sign in. The log says why and keeps the name that was typed.',
    outcomes: REFUSED,
    target: ['passkey'],
    details: {
      reason: 'what the person was told',
      cause: 'what was wrong',
      ...TYPED,
      request: REQUEST,
    },
  },
  'user.signed_out': { when: 'A person signed out.', outcomes: DONE, details: { session: 'the session that ended' } },
  'user.sessions_ended': {
    when: 'A person ended sessions elsewhere, or an administrator ended them.',
    outcomes: DONE,
    target: ['user'],
    isWrite: true,
    details: {
      before: '`sessions`: those that ended',
      by_session: 'the session they used, when it was the person',
      sessions: 'those that ended',
    },
  },
  'user.second_factor_proven': {
    when: 'A person proved a second factor.',
    outcomes: DONE,
    details: { factor: NAME_OF_FACTOR, amr: 'what is proven now (RFC 8176)', session: 'the session' },
  },
  'user.second_factor_failed': {
    when: 'A second factor was not proven.',
    outcomes: REFUSED,
    target: ['passkey'],
    details: { factor: NAME_OF_FACTOR, reason: 'what the person was told', cause: 'what was wrong', request: REQUEST },
  },
  'user.second_factor_added': {
    when: 'A person set up a second factor.',
    outcomes: DONE,
    details: { after: '`factor`: the factor', factor: NAME_OF_FACTOR, session: SESSION },
  },
  'user.second_factor_removed': {
    when: 'A person or an administrator removed a second factor, or forgot the remembered browsers.',
    outcomes: DONE,
    target: ['user'],
    isWrite: true,
    details: {
      before: 'the factor, or `remembered_browsers`: how many',
      after: '`remembered_browsers`: none',
      factor: 'the factor, or `remembered_devices`',
      session: SESSION,
    },
  },
  'user.recovery_codes_made': {
    when: 'A person made new recovery codes; those of before work no more.',
    outcomes: DONE,
    details: { ...CHANGED, factor: NAME_OF_FACTOR, session: SESSION },
  },
  'user.password_changed': {
    when: 'A person changed their password.',
    outcomes: DONE,
    details: { ...CHANGED, session: 'the session that goes on' },
  },
  'user.password_set': {
    when: 'A person set a password by a link that an administrator mailed.',
    outcomes: DONE,
    details: { ...CHANGED },
  },
  'user.password_reset_requested': {
    when: 'A mail for a forgotten password was asked for, by somebody or an administrator. It fails when none was sent.',
    outcomes: EITHER,
    target: ['user'],
    isWrite: true,
    details: { reason: 'why none was sent', ...TYPED, request: REQUEST },
  },
  'user.password_reset_failed': {
    when: 'A code for a new password was wrong or spent.',
    outcomes: REFUSED,
    details: { reason: 'what was wrong' },
  },
  'user.password_reset': {
    when: 'A person chose a new password after they had forgotten theirs.',
    outcomes: DONE,
    details: { ...CHANGED, ended_sessions: 'whether everything they were signed in to ended' },
  },
  'user.username_requested': {
    when: 'A mail with a forgotten user name was asked for. It fails when none was sent.',
    outcomes: EITHER,
    details: { ...TYPED },
  },
  'passkey.added': {
    when: 'A person added a [passkey](passkeys.md).',
    outcomes: DONE,
    target: ['passkey'],
    details: {
      after: 'the same members',
      name: 'of the passkey',
      rp_id: 'the domain it works for',
      aaguid: 'the model of the authenticator',
      backup_eligible: 'whether it may be copied to other devices',
    },
  },
  'passkey.renamed': {
    when: 'A person renamed a passkey.',
    outcomes: DONE,
    target: ['passkey'],
    details: { before: '`name`: the former one', after: '`name`: the new one', name: 'the new name' },
  },
  'passkey.removed': {
    when: 'A person or an administrator removed a passkey.',
    outcomes: DONE,
    target: ['passkey'],
    isWrite: true,
    details: { before: '`name` and `rp_id`', user: 'whose it was', name: 'of the passkey' },
  },
  'passkey.counter_rolled_back': {
    when: 'A passkey was refused, because its authenticator counted fewer uses than before: it may have been copied.',
    outcomes: REFUSED,
    target: ['passkey'],
    details: { stored: 'the count that was known', received: 'the count that came' },
  },
  'user.email_verified': {
    when: 'A person proved the address of their account.',
    outcomes: DONE,
    details: { ...CHANGED },
  },
  'user.terms_accepted': {
    when: 'A person accepted a version of the terms.',
    outcomes: DONE,
    details: { ...CHANGED, terms_version: 'the version' },
  },
  'user.profile_changed': {
    when: 'A person changed their profile.',
    outcomes: DONE,
    details: { changed: 'the fields and `attributes/<name>`, without values' },
  },
  'user.email_change_requested': { when: 'A person asked for another e-mail address.', outcomes: DONE },
  'user.email_changed': {
    when: 'A person proved another e-mail address, which is theirs now.',
    outcomes: DONE,
    details: { ...CHANGED, method: 'link or code' },
  },
  'user.data_exported': { when: 'A person downloaded their data.', outcomes: DONE },
  'user.deletion_requested': {
    when: 'A person asked for the deletion of their account.',
    outcomes: DONE,
    details: { ...CHANGED, grace_days: 'how long it can be withdrawn' },
  },
  'user.deletion_withdrawn': {
    when: 'A person or an administrator kept an account that was to be deleted.',
    outcomes: DONE,
    target: ['user'],
    isWrite: true,
    details: { ...CHANGED },
  },
  'user.deleted': {
    when: 'A user was deleted, by an administrator or because the person had asked for it.',
    outcomes: DONE,
    target: ['user'],
    isWrite: true,
    details: { reason: '`asked_for_by_person`' },
  },
  'consent.granted': {
    when: 'A person allowed an application something.',
    outcomes: DONE,
    details: { scope: 'what was allowed', resources: 'the APIs it is for' },
  },
  'consent.denied': {
    when: 'A person did not allow an application what it asked for.',
    outcomes: DONE,
    details: { scope: 'what was asked for', resources: 'the APIs it was for' },
  },
  'consent.withdrawn': {
    when: 'A person or an administrator took a consent back, and the tokens with it.',
    outcomes: DONE,
    target: ['consent'],
    details: {
      resource: 'the API, when it was of one',
      before: '`allowed`: for each API (`resource`) the `scopes`, and those that the person had `declined`',
    },
  },
} as const satisfies Record<string, EventDescription>;
