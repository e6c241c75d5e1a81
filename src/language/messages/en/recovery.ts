/** A forgotten password or user name: pages and mails. */
export const recovery = {
  'recovery.forgot.title': 'Forgot your password?',
  'recovery.forgot.text':
    'Tell us who you are. If there is an account with a confirmed email address, we send a link and a code to that address.',
  'recovery.forgot.identifier': 'Username or email address',
  'recovery.forgot.submit': 'Send',
  'recovery.forgot.username': 'Forgot your username?',
  'recovery.toSignIn': 'Back to sign-in',

  'recovery.sent.title': 'Check your email',
  'recovery.sent.text':
    'If there is an account with a confirmed email address, an email with a link and a code is on its way. Both work for {minutes, plural, one {# minute} other {# minutes}}.',
  'recovery.sent.link': 'The link works on any device. The code works in this browser only.',
  'recovery.sent.code': 'Code from the email',
  'recovery.sent.submit': 'Continue',
  'recovery.sent.none':
    'Nothing there? Check your spam folder. Only the latest email works, and after several of them we wait a while before we send another.',
  'recovery.sent.again': 'Ask for another email',

  'recovery.reset.title': 'Choose a new password',
  'recovery.reset.account': 'For the account {name}',
  'recovery.reset.endSessions': 'Sign me out everywhere',
  'recovery.reset.endSessionsHint':
    'Recommended if somebody else may know your password. Applications have to ask you again.',
  'recovery.reset.submit': 'Save the new password',
  'recovery.reset.fields_required': 'Please fill in both fields.',

  'recovery.gone.title': 'This link does not work any more',
  'recovery.gone.text':
    'It was used already, is too old, or a newer email or another password has taken its place. Nothing is wrong with your account.',
  'recovery.off.title': 'Passwords cannot be reset here',
  'recovery.off.text': 'Please ask an administrator of {tenant} for a new password.',

  'recovery.username.title': 'Forgot your username?',
  'recovery.username.text':
    'If an account has this email address and it is confirmed, we send an email with the username. You can also sign in with your email address.',
  'recovery.username.email': 'Email address',
  'recovery.username.submit': 'Send',
  'recovery.username.sentTitle': 'Check your email',
  'recovery.username.sentText':
    'If an account has this email address and it is confirmed, an email with the username is on its way.',

  'recovery.notice.identifier_required.title': 'Something is missing',
  'recovery.notice.identifier_required.text': 'Please fill in the field.',
  'recovery.notice.wrong_code.title': 'That did not match',
  'recovery.notice.wrong_code.text': 'The code is not correct. Please check the latest email and try again.',
  'recovery.notice.spent_code.title': 'This code does not work any more',
  'recovery.notice.spent_code.text':
    'It was tried too often, used, is too old, or belongs to another browser. Please ask for another email, or use the link.',
  'recovery.notice.too_many_requests.title': 'Too many requests',
  'recovery.notice.too_many_requests.text':
    'Too many emails were asked for from your network. Please try again {wait}.',

  'notice.passwordReset.title': 'Your password has been changed',
  'notice.passwordReset.text': 'Please sign in with the new password.',
  'notice.passwordResetElsewhere.title': 'Your password has been changed',
  'notice.passwordResetElsewhere.text':
    'You can go back to the browser in which you began and sign in there with the new password. Or sign in here to see your account.',

  'activity.user.password_reset_requested': 'Mail for a forgotten password asked for',
  'activity.user.password_reset': 'Forgotten password chosen anew',

  'password.mustChange': 'An administrator asks you to choose a new password before you go on.',
  'password.unchanged': 'The new password is the one you have now. Please choose another.',

  'mail.passwordReset.subject': 'Choose a new password for {tenant}',
  'mail.passwordReset.text':
    'Somebody, probably you, has told {tenant} that the password of the account {username} is forgotten.',
  'mail.passwordReset.how':
    'With the button you choose a new one, on any device. Or type the code into the browser in which you asked.',
  'mail.passwordReset.button': 'Choose a new password',
  'mail.passwordReset.closing':
    'Link and code work once and for {minutes, plural, one {# minute} other {# minutes}}. If it was not you, do nothing: your password stays as it is.',
  'mail.passwordResetByAdministrator.text':
    'An administrator of {tenant} asks you to choose a new password for the account {username}. Until then the present one still works.',
  'mail.passwordResetByAdministrator.closing':
    'The link works once and for {minutes, plural, one {# minute} other {# minutes}}. After that you can ask for another one on the sign-in page.',
  'mail.usernameReminder.subject': 'Your username at {tenant}',
  'mail.usernameReminder.text':
    'Somebody, probably you, has asked {tenant} for the username that belongs to this email address. It is: {username}',
  'mail.usernameReminder.button': 'Sign in',
  'mail.usernameReminder.closing': 'If it was not you, do nothing.',
} as const;
