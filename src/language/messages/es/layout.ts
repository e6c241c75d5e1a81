import type { layout as en } from '../en/layout.js';
import type { Translation } from '../texts.js';

export const layout: Translation<typeof en> = {
  'title.error': 'Error: {title}',

  'footer.languages': 'Idioma',
  'footer.links': 'Acerca de esta organización',
  'footer.privacy': 'Privacidad',
  'footer.terms': 'Condiciones de uso',
  'footer.support': 'Ayuda',

  'client.unnamed': 'una aplicación sin nombre',

  'back.toClient': 'Volver a {client}',

  'wait.seconds': 'dentro de {seconds, plural, one {# segundo} other {# segundos}}',
  'wait.minutes': 'dentro de {minutes, plural, one {# minuto} other {# minutos}}',
};
