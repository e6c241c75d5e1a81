import type { formPost as en } from '../en/form-post.js';
import type { Translation } from '../texts.js';

export const formPost: Translation<typeof en> = {
  'formPost.title': 'Un instant, s’il vous plaît',
  'formPost.text': 'Vous allez être redirigé(e) vers {client}.',
  'formPost.textPlain': 'Vous allez être redirigé(e) vers l’application.',
  'formPost.byHand': 'Si rien ne se passe, veuillez continuer vous-même.',
  'formPost.submit': 'Continuer',
};
