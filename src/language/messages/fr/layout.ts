import type { layout as en } from '../en/layout.js';
import type { Translation } from '../texts.js';

export const layout: Translation<typeof en> = {
  'title.error': 'Erreur : {title}',

  'footer.languages': 'Langue',
  'footer.links': 'À propos de cette organisation',
  'footer.privacy': 'Confidentialité',
  'footer.terms': 'Conditions d’utilisation',
  'footer.support': 'Aide',

  'client.unnamed': 'une application sans nom',

  'back.toClient': 'Retour à {client}',

  'wait.seconds': 'dans {seconds, plural, one {# seconde} other {# secondes}}',
  'wait.minutes': 'dans {minutes, plural, one {# minute} other {# minutes}}',
};
