import type { recovery as en } from '../en/recovery.js';
import type { Translation } from '../texts.js';

export const recovery: Translation<typeof en> = {
  'recovery.forgot.title': '¿Ha olvidado su contraseña?',
  'recovery.forgot.text':
    'Díganos quién es. Si hay una cuenta con una dirección de correo confirmada, enviaremos un enlace y un código a esa dirección.',
  'recovery.forgot.identifier': 'Nombre de usuario o correo electrónico',
  'recovery.forgot.submit': 'Enviar',
  'recovery.forgot.username': '¿Ha olvidado su nombre de usuario?',
  'recovery.toSignIn': 'Volver al inicio de sesión',

  'recovery.sent.title': 'Mire su correo',
  'recovery.sent.text':
    'Si hay una cuenta con una dirección de correo confirmada, va en camino un mensaje con un enlace y un código. Ambos valen durante {minutes, plural, one {# minuto} other {# minutos}}.',
  'recovery.sent.link': 'El enlace funciona en cualquier dispositivo; el código, solo en este navegador.',
  'recovery.sent.code': 'Código del mensaje',
  'recovery.sent.submit': 'Continuar',
  'recovery.sent.none':
    '¿No ha llegado nada? Mire también en el correo no deseado. Solo vale el mensaje más reciente y, tras varios, esperamos un rato antes de enviar otro.',
  'recovery.sent.again': 'Pedir otro mensaje',

  'recovery.reset.title': 'Elegir una contraseña nueva',
  'recovery.reset.account': 'Para la cuenta {name}',
  'recovery.reset.endSessions': 'Cerrar mi sesión en todas partes',
  'recovery.reset.endSessionsHint':
    'Recomendado si otra persona puede conocer su contraseña. Las aplicaciones tendrán que volver a pedirle permiso.',
  'recovery.reset.submit': 'Guardar la contraseña nueva',
  'recovery.reset.fields_required': 'Rellene los dos campos.',

  'recovery.gone.title': 'Este enlace ya no es válido',
  'recovery.gone.text':
    'Ya se usó, es demasiado antiguo o lo ha sustituido un mensaje más reciente u otra contraseña. Su cuenta no tiene ningún problema.',
  'recovery.off.title': 'Aquí no se restablecen contraseñas',
  'recovery.off.text': 'Pida una contraseña nueva a la administración de {tenant}.',

  'recovery.username.title': '¿Ha olvidado su nombre de usuario?',
  'recovery.username.text':
    'Si una cuenta tiene esta dirección de correo y está confirmada, enviaremos un mensaje con el nombre de usuario. También puede iniciar sesión con su correo electrónico.',
  'recovery.username.email': 'Correo electrónico',
  'recovery.username.submit': 'Enviar',
  'recovery.username.sentTitle': 'Mire su correo',
  'recovery.username.sentText':
    'Si una cuenta tiene esta dirección de correo y está confirmada, va en camino un mensaje con el nombre de usuario.',

  'recovery.notice.identifier_required.title': 'Falta algo',
  'recovery.notice.identifier_required.text': 'Rellene el campo.',
  'recovery.notice.wrong_code.title': 'No coincide',
  'recovery.notice.wrong_code.text':
    'El código no es correcto. Compruebe el mensaje más reciente e inténtelo de nuevo.',
  'recovery.notice.spent_code.title': 'Este código ya no es válido',
  'recovery.notice.spent_code.text':
    'Se probó demasiadas veces, ya se usó, es demasiado antiguo o pertenece a otro navegador. Pida otro mensaje o use el enlace.',
  'recovery.notice.too_many_requests.title': 'Demasiadas peticiones',
  'recovery.notice.too_many_requests.text':
    'Desde su red se han pedido mensajes demasiadas veces. Inténtelo de nuevo {wait}.',

  'notice.passwordReset.title': 'Su contraseña se ha cambiado',
  'notice.passwordReset.text': 'Inicie sesión con la contraseña nueva.',
  'notice.passwordResetElsewhere.title': 'Su contraseña se ha cambiado',
  'notice.passwordResetElsewhere.text':
    'Puede volver al navegador en el que empezó e iniciar sesión allí con la contraseña nueva. O inicie sesión aquí para ver su cuenta.',

  'activity.user.password_reset_requested': 'Mensaje por una contraseña olvidada pedido',
  'activity.user.password_reset': 'Contraseña olvidada sustituida',

  'password.mustChange': 'La administración le pide que elija una contraseña nueva antes de continuar.',
  'password.unchanged': 'La contraseña nueva es la que ya tiene. Elija otra.',

  'mail.passwordReset.subject': 'Elija una contraseña nueva para {tenant}',
  'mail.passwordReset.text':
    'Alguien, probablemente usted, ha indicado a {tenant} que ha olvidado la contraseña de la cuenta {username}.',
  'mail.passwordReset.how':
    'Con el botón puede elegir una nueva en cualquier dispositivo. O escriba el código en el navegador en el que la pidió.',
  'mail.passwordReset.button': 'Elegir una contraseña nueva',
  'mail.passwordReset.closing':
    'El enlace y el código sirven una vez y durante {minutes, plural, one {# minuto} other {# minutos}}. Si no fue usted, no haga nada: su contraseña no cambia.',
  'mail.passwordResetByAdministrator.text':
    'La administración de {tenant} le pide que elija una contraseña nueva para la cuenta {username}. Hasta entonces, la actual sigue valiendo.',
  'mail.passwordResetByAdministrator.closing':
    'El enlace sirve una vez y durante {minutes, plural, one {# minuto} other {# minutos}}. Después puede pedir otro en la página de inicio de sesión.',
  'mail.usernameReminder.subject': 'Su nombre de usuario en {tenant}',
  'mail.usernameReminder.text':
    'Alguien, probablemente usted, ha pedido a {tenant} el nombre de usuario de esta dirección de correo. Es: {username}',
  'mail.usernameReminder.button': 'Iniciar sesión',
  'mail.usernameReminder.closing': 'Si no fue usted, no haga nada.',
};
