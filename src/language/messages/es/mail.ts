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
  'mail.emailCode.subject': 'Su código para {tenant}',
  'mail.emailCode.text':
    'Alguien, probablemente usted, está iniciando sesión en su cuenta de {tenant}. Introduzca este código en el navegador en el que lo pidió. Es válido durante {minutes, plural, one {# minuto} other {# minutos}}.',
  'mail.emailCode.closing':
    'Nunca pedimos este código por teléfono ni por correo electrónico. Si no era usted, alguien conoce su contraseña: cámbiela, por favor.',
  'mail.emailChange.subject': 'Confirme su nueva dirección de correo electrónico',
  'mail.emailChange.text':
    'Alguien, probablemente usted, quiere usar esta dirección para su cuenta en {tenant}. Confirme que es suya.',
  'mail.emailChange.button': 'Confirmar la dirección',
  'mail.emailChange.closing':
    'El enlace y el código son válidos durante {minutes, plural, one {# minuto} other {# minutos}}. Si no ha sido usted, ignore este correo: no cambiará nada.',
  'mail.emailChangeTaken.subject': 'Se ha introducido su dirección en {tenant}',
  'mail.emailChangeTaken.text':
    'Alguien quiere usar esta dirección para otra cuenta en {tenant}. Pertenece a su cuenta, así que no es posible.',
  'mail.emailChangeTaken.nothing':
    'No ha cambiado nada. Si ha sido usted, inicie sesión en la cuenta que tiene esta dirección o use otra.',
  'mail.emailChanged.subject': 'Su dirección de correo electrónico en {tenant} ha cambiado',
  'mail.emailChanged.text':
    'El {date, date, moment} se confirmó otra dirección de correo electrónico para su cuenta. Esta dirección ya no pertenece a ella.',
  'mail.deletionScheduled.subject': 'Su cuenta en {tenant} se eliminará',
  'mail.deletionScheduled.text': 'Ha pedido que se elimine su cuenta. Eso ocurrirá el {date, date, moment}.',
  'mail.deletionScheduled.keep': 'Hasta entonces puede iniciar sesión y conservarla.',
  'mail.deletionScheduled.button': 'Conservar mi cuenta',
  'mail.accessGrant.subject': 'Acceso de un operador a {tenant}',
  'mail.accessGrant.text':
    '{kind, select, requested {Un operador de la plataforma pide acceso a las personas o los secretos de {tenant}. Empieza cuando un propietario lo apruebe.} waiting {Un operador de la plataforma pide acceso de emergencia a las personas o los secretos de {tenant}. Empieza el {date, date, moment}, salvo que un propietario lo rechace.} other {Un operador de la plataforma tiene acceso a las personas o los secretos de {tenant} hasta el {date, date, moment}.}}',
  'mail.accessGrant.reason': 'El motivo indicado: {reason}',
  'mail.accessGrant.how':
    'Cada uso queda en su registro de auditoría. Los propietarios ven, aprueban y terminan estos accesos con la API de gestión o la línea de comandos, en access grants.',
  'mail.domainProof.subject':
    '{kind, select, lapsed {{domain} ya no es una dirección de {tenant}} other {Falta la prueba del dominio {domain}}}',
  'mail.domainProof.text':
    '{kind, select, failing {Ya no se encuentra la prueba de que {tenant} tiene el dominio {domain}. Nada cambia hasta el {date, date, moment}. Si entonces sigue faltando, {domain} dejará de ser una dirección de {tenant}: nadie podrá iniciar sesión allí y otros podrán reclamarlo.} ending {Sigue faltando la prueba de que {tenant} tiene el dominio {domain}. A partir del {date, date, moment}, {domain} dejará de ser una dirección de {tenant}: nadie podrá iniciar sesión allí y otros podrán reclamarlo.} other {La prueba de que {tenant} tiene el dominio {domain} faltó demasiado tiempo. {domain} ya no es una dirección de {tenant}: nadie puede iniciar sesión allí y otros pueden reclamarlo.}}',
  'mail.domainProof.how':
    'La consola muestra, en Dominios, cómo debe ser el registro o el archivo y qué se encontró. Restablezca la prueba y pida allí que se compruebe. Si ha renunciado al dominio, elimínelo allí.',
};
