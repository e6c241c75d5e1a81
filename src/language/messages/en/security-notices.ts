/** Mail about changes to the security of an account. */
export const securityNotices = {
  'securityNotice.when':
    'It was done on {at, date, moment}{address, select, none {} other { from the network address {address}}}.',
  'securityNotice.account': 'Look at your account',
  'securityNotice.passwordChanged.subject': 'Your password at {tenant} was changed',
  'securityNotice.passwordChanged.text': 'The password of your account {username} at {tenant} was changed.',
  'securityNotice.passwordReset.subject': 'Your password at {tenant} was reset',
  'securityNotice.passwordReset.text':
    'The password of your account {username} at {tenant} was forgotten and chosen anew, with a link or a code that we sent to this address.',
  'securityNotice.passwordSet.subject': 'An administrator has set your password at {tenant}',
  'securityNotice.passwordSet.text': 'An administrator has set a new password for your account {username} at {tenant}.',
  'securityNotice.emailSet.subject': 'An administrator has changed your email address at {tenant}',
  'securityNotice.emailSet.text':
    'An administrator has changed the email address of your account {username} at {tenant}. It is now {email}.',
  'securityNotice.phoneChanged.subject': 'Your phone number at {tenant} was changed',
  'securityNotice.phoneChanged.text': 'The phone number of your account {username} at {tenant} was changed.',
  'securityNotice.totpAdded.subject': 'An authenticator app was added to your account at {tenant}',
  'securityNotice.totpAdded.text':
    'An authenticator app was added to your account {username} at {tenant}. Its codes can now confirm a sign-in.',
  'securityNotice.totpRemoved.subject': 'An authenticator app was removed from your account at {tenant}',
  'securityNotice.totpRemoved.text':
    'An authenticator app was removed from your account {username} at {tenant}. Its codes no longer work.',
  'securityNotice.passkeyAdded.subject': 'A passkey was added to your account at {tenant}',
  'securityNotice.passkeyAdded.text': 'The passkey “{name}” was added to your account {username} at {tenant}.',
  'securityNotice.passkeyRemoved.subject': 'A passkey was removed from your account at {tenant}',
  'securityNotice.passkeyRemoved.text': 'The passkey “{name}” was removed from your account {username} at {tenant}.',
  'securityNotice.recoveryCodesMade.subject': 'New recovery codes for your account at {tenant}',
  'securityNotice.recoveryCodesMade.text':
    'New recovery codes were made for your account {username} at {tenant}. Older ones no longer work.',
  'securityNotice.recoveryCodeUsed.subject': 'A recovery code of your account at {tenant} was used',
  'securityNotice.recoveryCodeUsed.text':
    'A recovery code of your account {username} at {tenant} was used to sign in. {left, plural, =0 {None is left} one {# is left} other {# are left}}.',
  'securityNotice.factorsReset.subject': 'An administrator has reset your second factor at {tenant}',
  'securityNotice.factorsReset.text':
    'An administrator has removed what confirms your sign-ins at {tenant} beside the password of your account {username}.',
  'securityNotice.factorAdded.subject': 'Your account at {tenant} has a new second factor',
  'securityNotice.factorAdded.text':
    '“{factor}” was set up for your account {username} at {tenant}. It can now confirm a sign-in.',
  'securityNotice.factorRemoved.subject': 'A second factor was removed from your account at {tenant}',
  'securityNotice.factorRemoved.text':
    '“{factor}” was removed from your account {username} at {tenant}. It no longer confirms a sign-in.',
  'securityNotice.devicesForgotten.subject': 'No browser is remembered any more at {tenant}',
  'securityNotice.devicesForgotten.text':
    'The browsers that were remembered for your account {username} at {tenant} were forgotten. The second step is asked for everywhere again.',
  'securityNotice.emailAdded.subject': 'This address now belongs to your account at {tenant}',
  'securityNotice.emailAdded.text': 'The email address of your account {username} at {tenant} was changed to this one.',
} as const;
