import type { formPost as en } from '../en/form-post.js';
import type { Translation } from '../texts.js';

export const formPost: Translation<typeof en> = {
  'formPost.title': 'Un momento, por favor',
  'formPost.text': 'Está volviendo a {client}.',
  'formPost.textPlain': 'Está volviendo a la aplicación.',
  'formPost.byHand': 'Si no ocurre nada, continúe usted mismo.',
  'formPost.submit': 'Continuar',
};
