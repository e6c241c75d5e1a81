/** Links with which people without an account set a tenant up: their page and their mail. */
export const setupLinks = {
  'setupLink.title': 'Set up {tenant}',
  'setupLink.text': '{maker} asks you to do this for {tenant}:',
  'setupLink.purpose.verify_domain': 'Prove that a domain belongs to you',
  'setupLink.purpose.brand': 'Choose the logo, the colours and the words of the pages',
  'setupLink.until': 'The link is valid until {until, date, moment}.',
  'setupLink.again': 'Until then you can open it as often as you need.',
  'setupLink.once': 'It can be opened once. You have eight hours from then on.',
  'setupLink.account': 'You need no account. What you change is recorded.',
  'setupLink.submit': 'Begin',
  'setupLink.ended': 'This link does not work any more',
  'setupLink.expired': 'Its time is over. Ask whoever sent it for a new one.',
  'setupLink.revoked': 'It was withdrawn. Ask whoever sent it for a new one.',
  'setupLink.used': 'It could be opened once, and was. Ask whoever sent it for a new one.',
  'setupLink.maker': 'Whoever made it may no longer do what it is for. Ask for a new one.',
  'setupLink.unknown': 'It is incomplete, or no longer kept. Open it again as you got it, or ask for a new one.',
  'mail.setupLink.subject': 'Please set up {tenant}',
  'mail.setupLink.text':
    '{maker} asks you to {purpose, select, verify_domain {prove for {tenant} that a domain belongs to you} brand {choose the look and the words of the pages of {tenant}} other {set up some things for {tenant}}}.',
  'mail.setupLink.how': 'Open the link and follow the steps. You need no account.',
  'mail.setupLink.button': 'Begin the setup',
  'mail.setupLink.until':
    'The link is valid until {until, date, moment}. Whoever has it can do this, so pass it on only to those who shall.',
  'mail.setupLink.notYou': 'If you do not know what this is about, there is nothing to do.',
} as const;
