import type { brandingPreview as en } from '../en/branding-preview.js';
import type { Texts } from '../texts.js';

/** What administrators see of a branding before it is published. */
export const brandingPreview: Texts<typeof en> = {
  'brandingPreview.title': 'Vorschau des Erscheinungsbilds',
  'brandingPreview.text':
    'Das sieht sonst niemand. Links und Formulare auf den Seiten tun nichts. Der Link endet {until, date, moment}.',
  'brandingPreview.pages': 'Seiten',
  'brandingPreview.mails': 'E-Mails',
  'brandingPreview.sender': 'Von {name}, {address}.',
  'brandingPreview.replyTo': 'Antworten gehen an {address}.',
  'brandingPreview.colors': 'Farben',
  'brandingPreview.auto': 'Wie der Browser sagt',
  'brandingPreview.light': 'Hell',
  'brandingPreview.dark': 'Dunkel',
};
