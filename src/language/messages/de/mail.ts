import type { mail as english } from '../en/mail.js';

export const mail: Readonly<Record<keyof typeof english, string>> = {
  'mail.linkByHand': 'Falls die Schaltfläche nicht funktioniert, öffnen Sie bitte diese Adresse im Browser:',
  'mail.code': 'Ihr Code',
  'mail.footer': 'Diese Nachricht wurde von {tenant} automatisch versandt.',
  'mail.noticeHint':
    'Falls Sie das nicht waren, ändern Sie bitte Ihr Passwort und wenden Sie sich an {tenant}. Niemand wird Sie je nach Ihrem Passwort oder einem Code fragen.',
  'mail.codeHint': 'Geben Sie diesen Code niemals weiter. Niemand von {tenant} wird Sie danach fragen.',
  'mail.support': 'Hilfe',
  'mail.privacy': 'Datenschutz',

  'mail.test.subject': 'Testnachricht von {tenant}',
  'mail.test.text':
    'Diese Nachricht zeigt, dass {tenant} E-Mails versenden kann. Sie wurde in der Verwaltungsschnittstelle angefordert.',
  'mail.test.time': 'Angefordert am {date, date, moment}.',
};
