import type { signIn as en } from '../en/sign-in.js';
import type { Translation } from '../texts.js';

export const signIn: Translation<typeof en> = {
  'signIn.title': 'Iniciar sesión en {tenant}',
  'signIn.continueTo': 'Continuar a',
  'signIn.username': 'Nombre de usuario',
  'signIn.identifier': 'Nombre de usuario o correo electrónico',
  'signIn.password': 'Contraseña',
  'signIn.submit': 'Iniciar sesión',
  'signIn.next': 'Continuar',
  'signIn.as': 'Inicio de sesión como {name}',
  'signIn.rememberMe': 'Mantener la sesión iniciada en este dispositivo',
  'signIn.forgotPassword': '¿Ha olvidado su contraseña?',
  'signIn.continueAs': 'Continuar como {name}',
  'signIn.signOutOf': 'Cerrar la sesión de {name}',
  'signIn.otherAccount': 'o usar otra cuenta',

  'notice.invalidCredentials.title': 'No se ha podido iniciar sesión',
  'notice.invalidCredentials.text':
    'El nombre de usuario o la contraseña no son correctos. Compruebe ambos e inténtelo de nuevo.',
  'notice.credentialsRequired.title': 'Falta algún dato',
  'notice.credentialsRequired.text': 'Introduzca su nombre de usuario y su contraseña.',
  'notice.identifierRequired.title': 'Falta algún dato',
  'notice.identifierRequired.text': 'Introduzca su nombre de usuario.',
  'notice.tooManyAttempts.title': 'Demasiados intentos',
  'notice.tooManyAttempts.text':
    'Para su protección, el inicio de sesión está en pausa por un momento. Inténtelo de nuevo más tarde.',
  'notice.tooManyAttempts.wait': 'Para su protección, el inicio de sesión está en pausa. Inténtelo de nuevo {wait}.',
  'notice.busy.title': 'El servicio está muy ocupado en este momento',
  'notice.busy.text': 'Todavía no hemos podido comprobar sus datos. Inténtelo de nuevo en unos segundos.',
  'notice.csrf.title': 'Envíe el formulario de nuevo',
  'notice.csrf.text':
    'Ha estado abierto demasiado tiempo o su navegador ha rechazado nuestra cookie. Permita las cookies de este sitio e inténtelo de nuevo.',
  'notice.sessionExpired.title': 'Se ha cerrado su sesión',
  'notice.sessionExpired.text': 'Su sesión ha terminado. Inicie sesión de nuevo para continuar.',
  'notice.reauthenticate.title': 'Confirme que es usted',
  'notice.reauthenticate.text': 'La aplicación le pide que introduzca su contraseña de nuevo.',
  'notice.otherAccount.title': 'Utilice la cuenta solicitada',
  'notice.otherAccount.text': 'La aplicación pide una cuenta distinta de aquella con la que había iniciado sesión.',
};
