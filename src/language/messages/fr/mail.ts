import type { mail as en } from '../en/mail.js';
import type { Translation } from '../texts.js';

export const mail: Translation<typeof en> = {
  'mail.linkByHand': 'Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur :',
  'mail.code': 'Votre code',
  'mail.footer': 'Cet e-mail a été envoyé automatiquement par {tenant}.',
  'mail.noticeHint':
    'Si vous n’êtes pas à l’origine de cette action, modifiez votre mot de passe et contactez {tenant}. Personne ne vous demandera jamais votre mot de passe ni un code.',
  'mail.codeHint': 'Ne communiquez jamais ce code. Personne chez {tenant} ne vous le demandera.',
  'mail.support': 'Aide',
  'mail.privacy': 'Confidentialité',
  'mail.test.subject': 'E-mail de test de {tenant}',
  'mail.test.text': 'Cet e-mail montre que {tenant} peut envoyer des e-mails. Il a été demandé dans l’API de gestion.',
  'mail.test.time': 'Il a été demandé le {date, date, moment}.',
};
