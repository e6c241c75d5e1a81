/** Mails to people who come to an account. */
export const signUpMails = {
  'mail.signUp.subject': 'Confirm your address for {tenant}',
  'mail.signUp.text': 'Somebody, most likely you, wants to make an account at {tenant} with the address {address}.',
  'mail.signUp.how':
    'Enter this code where you began, or open the link and confirm there. Both are valid for 24 hours.',
  'mail.signUp.button': 'Confirm and create the account',
  'mail.signUp.notYou': 'If it was not you, there is nothing to do: without your confirmation no account is made.',
  'mail.accountExists.subject': 'You have an account at {tenant} already',
  'mail.accountExists.text':
    'Somebody, most likely you, wanted to use the address {address} for an account at {tenant}. There is an account with it already.',
  'mail.accountExists.how':
    'Sign in with it. If you have forgotten the password, you can reset it on the sign-in page.',
  'mail.accountExists.button': 'Sign in',
  'mail.accountExists.notYou':
    'If it was not you, there is nothing to do. Your account was not changed, and whoever asked was told nothing.',
  'mail.verifyAddress.subject': 'Confirm your address for {tenant}',
  'mail.verifyAddress.text': 'Please confirm that {address} is the address of your account at {tenant}.',
  'mail.verifyAddress.how':
    'Enter this code where you were asked, or open the link and confirm there. Both are valid for 24 hours.',
  'mail.verifyAddress.button': 'Confirm the address',
  'mail.verifyAddress.notYou': 'If you did not ask for this, there is nothing to do.',
  'mail.invitation.subject': 'Invitation to {tenant}',
  'mail.invitation.text': 'You are invited to make an account at {tenant} with the address {address}.',
  'mail.invitation.how': 'Open the link, choose a password, and you are in.',
  'mail.invitation.button': 'Accept the invitation',
  'mail.invitation.until': 'The invitation is valid until {until, date, moment}.',
  'mail.invitation.notYou': 'If you do not know what this is about, there is nothing to do.',
  'mail.setPassword.subject': 'Set your password for {tenant}',
  'mail.setPassword.text': 'You can set the password of your account at {tenant}.',
  'mail.setPassword.username': 'Your username: {username}',
  'mail.setPassword.button': 'Set password',
  'mail.setPassword.until': 'The link is valid until {until, date, moment}.',
  'mail.setPassword.notYou': 'If you do not know what this is about, there is nothing to do.',
} as const;
