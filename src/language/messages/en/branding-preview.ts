/** What administrators see of a branding before it is published. */
export const brandingPreview = {
  'brandingPreview.title': 'Preview of the branding',
  'brandingPreview.text':
    'Nobody else sees this. Links and forms on the pages do nothing. The link ends {until, date, moment}.',
  'brandingPreview.pages': 'Pages',
  'brandingPreview.mails': 'Mails',
  'brandingPreview.sender': 'From {name}, {address}.',
  'brandingPreview.replyTo': 'Answers go to {address}.',
  'brandingPreview.colors': 'Colours',
  'brandingPreview.auto': 'As the browser says',
  'brandingPreview.light': 'Light',
  'brandingPreview.dark': 'Dark',
} as const;
