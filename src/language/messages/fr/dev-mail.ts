import type { devMail as en } from '../en/dev-mail.js';
import type { Translation } from '../texts.js';

export const devMail: Translation<typeof en> = {
  'devMail.title': 'E-mails de ce serveur',
  'devMail.text':
    'Sans SMTP_URL, une installation de développement n’envoie aucun e-mail et les affiche ici. Cette page n’existe pas en production.',
  'devMail.none': 'Aucun e-mail n’a encore été écrit.',
  'devMail.to': 'À {to}',
  'devMail.from': 'De {from}',
  'devMail.sent': '{tenant}, {date, date, moment}',
  'devMail.back': 'Tous les e-mails',
  'devMail.html': 'En HTML',
  'devMail.plain': 'En texte',
};
