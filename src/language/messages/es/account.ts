import type { account as en } from '../en/account.js';
import type { Translation } from '../texts.js';

export const account: Translation<typeof en> = {
  'notice.accessWithdrawn.title': 'Acceso retirado',
  'notice.accessWithdrawn.text': 'La aplicación ya no puede usar su cuenta.',
  'notice.passwordChanged.title': 'Su contraseña se ha cambiado',
  'notice.passwordChanged.text': 'Aquí su sesión sigue abierta. En todos los demás lugares se ha cerrado.',
  'notice.sessionsEnded.title': 'Se ha cerrado su sesión allí',
  'notice.sessionsEnded.text':
    'Las aplicaciones que usaban su cuenta a través de esa sesión tendrán que pedirle permiso de nuevo.',

  'account.title': 'Su cuenta',
  'account.signedInAs': 'Sesión iniciada como {name}',
  'account.signOut': 'Cerrar sesión',
  'account.switch': 'Usar otra cuenta',
  'account.console': 'Consola',
  'account.applications': 'Aplicaciones con acceso',
  'account.applicationsText':
    'Ha permitido a estas aplicaciones usar su cuenta. Puede retirar el acceso en cualquier momento.',
  'account.none': 'Ninguna aplicación tiene acceso a su cuenta.',
  'account.noneText': 'Cuando permita a una aplicación usar su cuenta, la encontrará aquí.',
  'account.allowedOn': 'Permitida el {date, date, day}',
  'account.withdraw': 'Retirar acceso',
  'account.withdrawFrom': 'Retirar el acceso de {client}',
  'account.changePassword': 'Cambiar la contraseña',
  'account.places': 'Dónde ha iniciado sesión',
  'account.placesText': 'Si no reconoce alguna de estas sesiones, ciérrela y cambie su contraseña.',
  'account.thisBrowser': 'Este navegador',
  'account.device': '{browser} en {system}',
  'account.deviceUnknown': 'Navegador desconocido',
  'account.signedInAt': 'Inicio de sesión el {date, date, moment}',
  'account.lastSeenAt': 'Último uso el {date, date, moment}',
  'account.endSession': 'Cerrar esa sesión',
  'account.endSessionOf': 'Cerrar la sesión de {device}',
  'account.endOthers': 'Cerrar sesión en todos los demás lugares',
  'account.overview': 'Resumen',
  'account.security': 'Seguridad',
  'account.securityText': 'Cómo demuestra que es usted.',
  'account.attention': 'Esto requiere su atención',
  'account.placesCount': '{count, plural, one {Sesión iniciada solo aquí.} other {Sesión iniciada en # navegadores.}}',
  'account.applicationsCount':
    '{count, plural, =0 {Ninguna aplicación tiene acceso.} one {Una aplicación tiene acceso.} other {# aplicaciones tienen acceso.}}',
  'account.passwordText': 'Se le pedirá la actual.',
};
