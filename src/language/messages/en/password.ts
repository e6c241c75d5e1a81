/** Changing the password. */
export const password = {
  'password.title': 'Change your password',
  'password.text': 'Afterwards you stay signed in here and are signed out everywhere else.',
  'password.current': 'Current password',
  'password.new': 'New password',
  'password.again': 'New password again',
  'password.rule':
    'At least {count, number} characters. Several words that do not belong together are easy to remember and hard to guess.',
  'password.submit': 'Change password',
  'password.back': 'Back to your account',
  'password.failed': 'Your password was not changed',
  'password.fields_required': 'Please fill in all three fields.',
  'password.not_repeated': 'The two new passwords are not the same. Please enter them again.',
  'password.wrong_password': 'The current password is not correct. Please check it and try again.',
  'password.too_short': 'The new password is too short. It must have at least {count, number} characters.',
  'password.too_long': 'The new password is too long. It may have at most 256 characters.',
  'password.too_common':
    'The new password is easy to guess: it is a common one, follows a pattern, or contains a name or a word that is not allowed. Please choose another.',
  'password.unusable_character': 'The new password contains a character that cannot be used.',
  'password.breached':
    'The new password is known from a data breach elsewhere, so attackers try it. Please choose another that you use nowhere else.',
  'password.unchecked':
    'We cannot check right now whether the new password is known from a data breach. Please try again in a moment.',
  'password.show': 'Show',
  'password.hide': 'Hide',
} as const;
