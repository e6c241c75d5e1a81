/** What stands on every page, and pieces of sentences. */
export const layout = {
  'title.error': 'Error: {title}',

  'footer.languages': 'Language',
  'footer.links': 'About this organisation',
  'footer.privacy': 'Privacy',
  'footer.terms': 'Terms',
  'footer.support': 'Help',

  'client.unnamed': 'an unnamed application',

  'back.toClient': 'Back to {client}',

  'wait.seconds': 'in {seconds, plural, one {# second} other {# seconds}}',
  'wait.minutes': 'in {minutes, plural, one {# minute} other {# minutes}}',
} as const;
