import type { formPost as en } from '../en/form-post.js';
import type { Texts } from '../texts.js';

export const formPost: Texts<typeof en> = {
  'formPost.title': 'Einen Augenblick, bitte',
  'formPost.text': 'Sie werden zu {client} zurückgeleitet.',
  'formPost.textPlain': 'Sie werden zur Anwendung zurückgeleitet.',
  'formPost.byHand': 'Falls nichts geschieht, fahren Sie bitte selbst fort.',
  'formPost.submit': 'Weiter',
};
