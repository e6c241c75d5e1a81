/** What mails have in common, and the test mail. */
export const mail = {
  'mail.linkByHand': 'If the button does not work, open this address in your browser:',
  'mail.code': 'Your code',
  'mail.footer': 'This email was sent automatically by {tenant}.',
  'mail.noticeHint':
    'If this was not you, change your password and get in touch with {tenant}. Nobody will ever ask you for your password or a code.',
  'mail.codeHint': 'Never pass this code on. Nobody from {tenant} will ask you for it.',
  'mail.support': 'Help',
  'mail.privacy': 'Privacy',

  'mail.test.subject': 'Test mail of {tenant}',
  'mail.test.text': 'This mail shows that {tenant} can send mail. Somebody asked for it in the management API.',
  'mail.test.time': 'It was asked for on {date, date, moment}.',

  'mail.emailCode.subject': 'Your code for {tenant}',
  'mail.emailCode.text':
    'Somebody, probably you, is signing in to your account at {tenant}. Type this code in the browser in which you asked for it. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  'mail.emailCode.closing':
    'We never ask for this code by phone or email. If it was not you, somebody knows your password: please change it.',
  'mail.emailChange.subject': 'Confirm your new email address',
  'mail.emailChange.text':
    'Somebody, probably you, wants to use this address for their account at {tenant}. Please confirm that it is yours.',
  'mail.emailChange.button': 'Confirm the address',
  'mail.emailChange.closing':
    'The link and the code work for {minutes, plural, one {# minute} other {# minutes}}. If it was not you, ignore this email: nothing changes then.',
  'mail.emailChangeTaken.subject': 'Your address was entered at {tenant}',
  'mail.emailChangeTaken.text':
    'Somebody wants to use this address for another account at {tenant}. It belongs to your account, so that is not possible.',
  'mail.emailChangeTaken.nothing':
    'Nothing has changed. If it was you, sign in to the account that has this address, or use another one.',
  'mail.emailChanged.subject': 'Your email address at {tenant} has been changed',
  'mail.emailChanged.text':
    'On {date, date, moment}, another email address was confirmed for your account. This address does not belong to it any more.',
  'mail.deletionScheduled.subject': 'Your account at {tenant} will be deleted',
  'mail.deletionScheduled.text': 'You have asked for your account to be deleted. That happens on {date, date, moment}.',
  'mail.deletionScheduled.keep': 'Until then you can sign in and keep it.',
  'mail.deletionScheduled.button': 'Keep my account',
  'mail.accessGrant.subject': 'Access of an operator to {tenant}',
  'mail.accessGrant.text':
    '{kind, select, requested {An operator of the platform asks for access to people or secrets of {tenant}. It begins when an owner approves it.} waiting {An operator of the platform asks for emergency access to people or secrets of {tenant}. It begins on {date, date, moment}, unless an owner refuses it.} other {An operator of the platform has access to people or secrets of {tenant} until {date, date, moment}.}}',
  'mail.accessGrant.reason': 'The reason that was given: {reason}',
  'mail.accessGrant.how':
    'Every use is in your audit log. Owners see, approve and end such access by the management API or the command line, under access grants.',
  'mail.domainProof.subject':
    '{kind, select, lapsed {{domain} is no address of {tenant} any more} other {The proof of the domain {domain} is missing}}',
  'mail.domainProof.text':
    '{kind, select, failing {The proof that {tenant} holds the domain {domain} was not found any more. Nothing changes until {date, date, moment}. If it is still missing then, {domain} is no address of {tenant} any more: nobody can sign in there, and others can claim it.} ending {The proof that {tenant} holds the domain {domain} is still missing. From {date, date, moment} on {domain} is no address of {tenant} any more: nobody can sign in there, and others can claim it.} other {The proof that {tenant} holds the domain {domain} was missing for too long. {domain} is no address of {tenant} any more: nobody can sign in there, and others can claim it.}}',
  'mail.domainProof.how':
    'The console shows under Domains what the record or the file has to be, and what was found. Put it back, and have it looked for there. If you have given the domain up, delete it there.',
} as const;
