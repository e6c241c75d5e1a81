/** Second factors: asking for one, setting one up, and those of the account. */
export const factors = {
  'factors.totp.name': 'Authenticator app',
  'factors.totp.title': 'Enter the code of your app',
  'factors.totp.text': 'Open your authenticator app and type the six digits it shows.',
  'factors.recoveryCode.name': 'Recovery code',
  'factors.recoveryCode.title': 'Enter a recovery code',
  'factors.recoveryCode.text': 'Each of the codes that you wrote down works once.',
  'factors.other.name': 'Another way: {name}',
  'factors.other.title': 'Confirm that it is you',
  'factors.other.text': 'Please enter the code.',

  'factors.signedInAs': 'You are signing in as {name}.',
  'factors.code': 'Code',
  'factors.remember': 'Do not ask for it in this browser for a while',
  'factors.submit': 'Confirm',
  'factors.anotherWay': 'Another way',
  'factors.notYou': 'Not you? Sign out',
  'factors.wrongCode.title': 'That code does not work',
  'factors.wrongCode.text': 'It is wrong, too old or was used before. Please enter a new one.',
  'factors.failed.title': 'Too many attempts',

  'factors.enrol.title': 'Protect your account',
  'factors.enrol.text':
    'With a second step, nobody gets into your account who only knows your password. Setting it up takes a minute.',
  'factors.enrol.totpText': 'An app on your phone shows a new code every half a minute. It works without a network.',
  'factors.enrol.skip': 'Not now',
  'factors.enrol.choose': 'Set up: {name}',

  'factors.setUpTotp.title': 'Set up an authenticator app',
  'factors.setUpTotp.scan': 'Scan this code with the app.',
  'factors.setUpTotp.qr': 'QR code for the authenticator app',
  'factors.setUpTotp.open': 'Open it in an app on this device',
  'factors.setUpTotp.key': 'Or type this key into the app:',
  'factors.setUpTotp.confirm': 'Then enter the six digits that the app shows.',
  'factors.setUpTotp.back': 'Back',

  'factors.codes.title': 'Your recovery codes',
  'factors.codes.done': 'The authenticator app is set up.',
  'factors.codes.text':
    'Keep these codes where you find them without your phone, such as on paper or in a password manager. Each of them works once in place of the app. We do not show them again.',
  'factors.codes.download': 'Save as a file',
  'factors.codes.continue': 'I have kept them',

  'factors.account.title': 'Second step',
  'factors.account.none': 'Not set up',
  'factors.account.some': 'Set up',
  'factors.account.text': 'What you confirm beside your password when you sign in.',
  'factors.account.addedAt': 'Set up on {date, date, day}',
  'factors.account.remove': 'Remove',
  'factors.account.removeOf': 'Remove: {name}',
  'factors.account.codesLeft':
    '{count, plural, =0 {No code is left.} one {One code is left.} other {# codes are left.}}',
  'factors.account.renew': 'Make new codes',
  'factors.account.devices': 'Remembered browsers',
  'factors.account.devicesText':
    '{count, plural, one {One browser is not asked for the second step.} other {# browsers are not asked for the second step.}}',
  'factors.account.forget': 'Ask everywhere again',
  'notice.factorRemoved.title': 'It was removed',
  'notice.factorRemoved.text': 'It is not asked for any more when you sign in.',
  'notice.devicesForgotten.title': 'No browser is remembered any more',
  'notice.devicesForgotten.text': 'The second step is asked for everywhere.',
} as const;
