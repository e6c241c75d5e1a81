import type { brandingPreview as en } from '../en/branding-preview.js';
import type { Translation } from '../texts.js';

/** What administrators see of a branding before it is published. */
export const brandingPreview: Translation<typeof en> = {
  'brandingPreview.title': 'Aperçu de l’apparence',
  'brandingPreview.text':
    'Personne d’autre ne voit ceci. Les liens et les formulaires des pages ne font rien. Le lien prend fin {until, date, moment}.',
  'brandingPreview.pages': 'Pages',
  'brandingPreview.mails': 'E-mails',
  'brandingPreview.sender': 'De {name}, {address}.',
  'brandingPreview.replyTo': 'Les réponses vont à {address}.',
  'brandingPreview.colors': 'Couleurs',
  'brandingPreview.auto': 'Selon le navigateur',
  'brandingPreview.light': 'Clair',
  'brandingPreview.dark': 'Sombre',
};
