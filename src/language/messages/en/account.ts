/** Pages of a person's account. */
export const account = {
  'account.overview': 'Overview',
  'account.security': 'Security',
  'account.securityText': 'How you prove that it is you.',
  'account.attention': 'This needs your attention',
  'account.placesCount': '{count, plural, one {Signed in here only.} other {Signed in in # browsers.}}',
  'account.applicationsCount':
    '{count, plural, =0 {No application has access.} one {One application has access.} other {# applications have access.}}',
  'account.passwordText': 'You are asked for the present one.',
} as const;
