import type { mail as en } from '../en/mail.js';
import type { Translation } from '../texts.js';

export const mail: Translation<typeof en> = {
  'mail.linkByHand': 'Si el botón no funciona, abra esta dirección en su navegador:',
  'mail.code': 'Su código',
  'mail.footer': '{tenant} ha enviado este correo de forma automática.',
  'mail.noticeHint':
    'Si no ha sido usted, cambie su contraseña y póngase en contacto con {tenant}. Nadie le pedirá nunca su contraseña ni un código.',
  'mail.codeHint': 'No comunique nunca este código. Nadie de {tenant} se lo pedirá.',
  'mail.support': 'Ayuda',
  'mail.privacy': 'Privacidad',
  'mail.test.subject': 'Correo de prueba de {tenant}',
  'mail.test.text': 'Este correo muestra que {tenant} puede enviar correo. Alguien lo ha pedido en la API de gestión.',
  'mail.test.time': 'Se pidió el {date, date, moment}.',
};
