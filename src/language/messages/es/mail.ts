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
  'mail.emailChange.subject': 'Confirme su nueva dirección de correo',
  'mail.emailChange.text':
    'Alguien, probablemente usted, quiere usar esta dirección para su cuenta de {tenant}. Confirme que es suya.',
  'mail.emailChange.button': 'Confirmar la dirección',
  'mail.emailChange.closing':
    'El enlace y el código son válidos durante {minutes} minutos. Si no fue usted, ignore este mensaje: nada cambiará.',
  'mail.emailChangeTaken.subject': 'Su dirección se ha introducido en {tenant}',
  'mail.emailChangeTaken.text':
    'Alguien quiere usar esta dirección para otra cuenta de {tenant}. Pertenece a su cuenta, por eso no es posible.',
  'mail.emailChangeTaken.nothing':
    'Nada ha cambiado. Si fue usted, inicie sesión en la cuenta que tiene esta dirección o use otra.',
  'mail.emailChanged.subject': 'Su dirección de correo en {tenant} se ha cambiado',
  'mail.emailChanged.text':
    'El {date, date, moment} se confirmó otra dirección de correo para su cuenta. Esta dirección ya no le pertenece.',
  'mail.deletionScheduled.subject': 'Su cuenta de {tenant} se va a eliminar',
  'mail.deletionScheduled.text': 'Ha pedido que se elimine su cuenta. Esto ocurrirá el {date, date, moment}.',
  'mail.deletionScheduled.keep': 'Hasta entonces puede iniciar sesión y conservarla.',
  'mail.deletionScheduled.button': 'Conservar mi cuenta',
};
