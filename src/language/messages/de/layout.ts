import type { layout as en } from '../en/layout.js';
import type { Texts } from '../texts.js';

export const layout: Texts<typeof en> = {
  'title.error': 'Fehler: {title}',

  'footer.languages': 'Sprache',
  'footer.links': 'Über diese Organisation',
  'footer.privacy': 'Datenschutz',
  'footer.terms': 'Nutzungsbedingungen',
  'footer.support': 'Hilfe',

  'client.unnamed': 'eine Anwendung ohne Namen',

  'back.toClient': 'Zurück zu {client}',

  'wait.seconds': 'in {seconds, plural, one {einer Sekunde} other {# Sekunden}}',
  'wait.minutes': 'in {minutes, plural, one {einer Minute} other {# Minuten}}',
};
