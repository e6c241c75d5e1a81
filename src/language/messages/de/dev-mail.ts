import type { devMail as en } from '../en/dev-mail.js';
import type { Texts } from '../texts.js';

export const devMail: Texts<typeof en> = {
  'devMail.title': 'E-Mails dieses Servers',
  'devMail.text':
    'Ohne SMTP_URL versendet eine Entwicklungsinstallation keine E-Mails, sondern zeigt sie hier. In der Produktion gibt es diese Seite nicht.',
  'devMail.none': 'Es wurde noch keine E-Mail geschrieben.',
  'devMail.to': 'An {to}',
  'devMail.from': 'Von {from}',
  'devMail.sent': '{tenant}, {date, date, moment}',
  'devMail.back': 'Alle E-Mails',
  'devMail.html': 'Als HTML',
  'devMail.plain': 'Als Text',
};
