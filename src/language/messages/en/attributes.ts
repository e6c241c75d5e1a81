/** What a tenant keeps of people beyond their profile. */
export const attributes = {
  'attributes.title': 'Complete your profile',
  'attributes.text': '{tenant} needs this from {username} before you can continue.',
  'attributes.submit': 'Save and continue',
  'attributes.leave': 'Not now',
  'attributes.missing': 'Complete your profile',
  'attributes.choose': 'Please choose',
  'attributes.yes': 'Yes',
  'attributes.no': 'No',
  'attributes.lines': 'One entry per line.',
  'profile.fault.missing': 'This is needed.',
  'profile.fault.not_a_number': 'This is not a number.',
  'profile.fault.not_a_choice': 'Please choose from what is offered.',
  'profile.fault.too_many': 'These are too many entries.',
} as const;
