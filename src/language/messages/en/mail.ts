/** What mails have in common, and the test mail. */
export const mail = {
  'mail.linkByHand': 'If the button does not work, open this address in your browser:',
  'mail.code': 'Your code',
  'mail.footer': 'This mail was sent by {tenant}. It was sent automatically.',
  'mail.noticeHint':
    'If this was not you, change your password and get in touch with {tenant}. Nobody will ever ask you for your password or a code.',
  'mail.codeHint': 'Never pass this code on. Nobody from {tenant} will ask you for it.',
  'mail.support': 'Help',
  'mail.privacy': 'Privacy',

  'mail.test.subject': 'Test mail of {tenant}',
  'mail.test.text': 'This mail shows that {tenant} can send mail. Somebody asked for it in the management API.',
  'mail.test.time': 'It was asked for on {date, date, moment}.',
} as const;
