import type { devMail as en } from '../en/dev-mail.js';
import type { Translation } from '../texts.js';

export const devMail: Translation<typeof en> = {
  'devMail.title': 'Correos de este servidor',
  'devMail.text':
    'Sin SMTP_URL, una instalación de desarrollo no envía correos y los muestra aquí. Esta página no existe en producción.',
  'devMail.none': 'Todavía no se ha escrito ningún correo.',
  'devMail.to': 'Para {to}',
  'devMail.from': 'De {from}',
  'devMail.sent': '{tenant}, {date, date, moment}',
  'devMail.back': 'Todos los correos',
  'devMail.html': 'Como HTML',
  'devMail.plain': 'Como texto',
};
