import type { brandingPreview as en } from '../en/branding-preview.js';
import type { Translation } from '../texts.js';

/** What administrators see of a branding before it is published. */
export const brandingPreview: Translation<typeof en> = {
  'brandingPreview.title': 'Vista previa de la apariencia',
  'brandingPreview.text':
    'Nadie más ve esto. Los enlaces y formularios de las páginas no hacen nada. El enlace termina {until, date, moment}.',
  'brandingPreview.pages': 'Páginas',
  'brandingPreview.mails': 'Correos',
  'brandingPreview.sender': 'De {name}, {address}.',
  'brandingPreview.replyTo': 'Las respuestas van a {address}.',
  'brandingPreview.colors': 'Colores',
  'brandingPreview.auto': 'Según el navegador',
  'brandingPreview.light': 'Claro',
  'brandingPreview.dark': 'Oscuro',
};
